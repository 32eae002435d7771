// What the caches must be told of the schema, from its own introspection.

import { buildClientSchema, getIntrospectionQuery, isAbstractType, isObjectType } from "graphql";

export async function introspected(url) {
  const response = await fetch(url, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({ query: getIntrospectionQuery() }),
  });
  return (await response.json()).data;
}

/** For each interface and union the types that it may be. */
export function possibleTypes(introspection) {
  const schema = buildClientSchema(introspection);
  const abstract = Object.values(schema.getTypeMap()).filter(isAbstractType);
  return Object.fromEntries(
    abstract.map((type) => [type.name, schema.getPossibleTypes(type).map((possible) => possible.name)]),
  );
}

/** The types without an id, which belong to the record that they stand in. */
export function embedded(introspection) {
  const types = Object.values(buildClientSchema(introspection).getTypeMap());
  return types
    .filter((type) => isObjectType(type) && !type.name.startsWith("__") && !("id" in type.getFields()))
    .map((type) => type.name);
}
