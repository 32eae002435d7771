// Links that contain an operation: `?query=`, with `variables` (JSON) and `operationName` if given.

/** Returns the operation in the URL, or null. Variables are indented, or left unchanged if they are not JSON. */
export function linked(address) {
  const given = new URL(address).searchParams;
  const query = given.get("query");
  if (!query) return null;
  return { query, variables: indented(given.get("variables") ?? ""), operationName: given.get("operationName") };
}

/** Returns the URL that opens with this operation. */
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
