// Asks about two days in one operation, and prints what urql's graphcache holds afterwards.
// node urql.mjs URL DAY

import { readFileSync } from "node:fs";
import { isDeepStrictEqual } from "node:util";
import { createClient, fetchExchange } from "@urql/core";
import { cacheExchange } from "@urql/exchange-graphcache";
import { embedded, introspected } from "./schema.mjs";

const [url, then] = process.argv.slice(2);
const schema = await introspected(url);
const kept = {};
const warnings = [];
const cache = cacheExchange({
  schema,
  keys: Object.fromEntries(embedded(schema).map((name) => [name, () => null])),
  storage: { readData: async () => ({}), writeData: async (delta) => void Object.assign(kept, delta) },
  logger: (severity, message) => void warnings.push(message),
});
const client = createClient({ url, exchanges: [cache, fetchExchange], preferGetMethod: false });
const query = readFileSync(new URL("days.graphql", import.meta.url), "utf8");
const asked = (policy) => client.query(query, { then }, { requestPolicy: policy }).toPromise();

const { data, error } = await asked("network-only");
if (error) throw error;
const read = await asked("cache-only");
const node = "query Again($id: ID!) { node(id: $id) { __typename id ... on Meeting { status } } }";
const again = await client.query(node, { id: data.then.id }).toPromise();
await new Promise((done) => setTimeout(done, 100));

const records = Object.keys(kept)
  .filter((key) => key.endsWith(".slug"))
  .map((key) => ({ slug: JSON.parse(kept[key]), status: kept[key.replace(/slug$/, "status")] }));
console.log(
  JSON.stringify({
    records: records
      .filter(({ slug }) => slug === "vladivostok-2019")
      .map(({ slug, status }) => ({ slug, status: JSON.parse(status) })),
    people: records.filter(({ slug }) => slug === "vladimir-putin").length,
    isReadAsAnswered: isDeepStrictEqual(read.data, data),
    again: again.data.node.status,
    warnings,
  }),
);
