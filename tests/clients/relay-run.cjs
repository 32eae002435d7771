// Asks with the page's Relay files, which Babel turns into what Node runs, and prints what the store holds.
// node relay-run.cjs FOLDER SLUG

const { readdirSync, readFileSync, writeFileSync } = require("node:fs");
const { join } = require("node:path");
const { transformSync } = require("@babel/core");
const { fetchQuery } = require("relay-runtime");

const [folder, slug] = process.argv.slice(2);
const source = join(folder, "src");
for (const name of readdirSync(source, { recursive: true }).filter((name) => name.endsWith(".js"))) {
  const path = join(source, name);
  const { code } = transformSync(readFileSync(path, "utf8"), {
    filename: path,
    configFile: false,
    cwd: folder,
    plugins: [require.resolve("babel-plugin-relay"), require.resolve("@babel/plugin-transform-modules-commonjs")],
  });
  writeFileSync(path, code);
}
const { environment } = require(join(source, "environment.js"));
const { query } = require(join(source, "PersonFacts.js"));
const page = require(join(source, "__generated__", "PersonFactsPageQuery.graphql.js"));

const records = () => environment.getStore().getSource().toJSON();
const labels = () => Object.values(records()).filter((record) => record.label).map((record) => record.label);

(async () => {
  const { person } = await fetchQuery(environment, query, { slug }).toPromise();
  const first = labels().length;
  const list = Object.values(records()).find((record) => record.pageInfo);
  const { endCursor } = records()[list.pageInfo.__ref];
  await fetchQuery(environment, page, { id: person.id, count: 20, cursor: endCursor }).toPromise();
  console.log(JSON.stringify({ first, both: labels().length }));
})();
