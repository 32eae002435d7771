// Sends operations to the endpoint that served this page.

/** Returns the response to `{query, variables, operationName}`. With application/json, rejection is no HTTP error. */
export async function ask(parameters, { headers } = {}) {
  const response = await fetch(location.pathname, {
    method: "POST",
    headers: { ...headers, accept: "application/json", "content-type": "application/json" },
    body: JSON.stringify(parameters),
  });
  return response.json();
}
