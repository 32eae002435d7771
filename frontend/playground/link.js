// A link that holds an operation: `?query=`, with `variables` (JSON) and `operationName` where there are any.

/** The operation that the address holds, or null. Variables are indented, or left as they are if they are no JSON. */
export function linked(address) {
  const given = new URL(address).searchParams;
  const query = given.get("query");
  if (!query) return null;
  return { query, variables: indented(given.get("variables") ?? ""), operationName: given.get("operationName") };
}

/** The address that opens with this operation. */
export function linkTo(address, { query, variables, operationName }) {
  const link = new URL(address);
  link.hash = "";
  link.search = new URLSearchParams({
    query,
    ...(variables?.trim() && { variables: compact(variables) }),
    ...(operationName && { operationName }),
  });
  return link.href;
}

function indented(json) {
  return rewritten(json, 2);
}

function compact(json) {
  return rewritten(json, 0);
}

function rewritten(json, spaces) {
  try {
    return JSON.stringify(JSON.parse(json), null, spaces);
  } catch {
    return json;
  }
}
