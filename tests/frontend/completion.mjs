// Clicks, without a browser, every field of every type as the explorer does: node completion.mjs SOURCES SCHEMA
// prints the fields after which the document is not valid, with what is wrong, and how many fields there are.
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { pathToFileURL } from "node:url";

const [sources, schemaFile] = process.argv.slice(2);
// the graphql that the sources are built with: another copy of it would not know their types
const { default: graphql } = await import(pathToFileURL(join(sources, "node_modules", "graphql", "index.js")));
const { exampleValue, withSelections } = await import(pathToFileURL(join(sources, "playground", "completion.js")));

const schema = graphql.buildSchema(await readFile(schemaFile, "utf8"));
const rules = graphql.specifiedRules.filter((rule) => rule.name !== "NoUnusedFragmentsRule");
const wrong = {};
let clicked = 0;
for (const type of Object.values(schema.getTypeMap())) {
  if (!(graphql.isObjectType(type) || graphql.isInterfaceType(type)) || type.name.startsWith("__")) continue;
  for (const field of Object.values(type.getFields())) {
    const given = field.args.filter(graphql.isRequiredArgument).map((argument) => [argument.name, exampleValue(field, argument)]);
    const told = given.map(([name, value]) => `${name}: ${graphql.print(value)}`).join(", ");
    const text = withSelections(schema, `fragment F on ${type.name} { ${field.name}${told && `(${told})`} }`);
    const errors = graphql.validate(schema, graphql.parse(text), rules);
    if (errors.length) wrong[`${type.name}.${field.name}`] = errors.map((error) => error.message);
    clicked += 1;
  }
}
console.log(JSON.stringify({ clicked, wrong }));
