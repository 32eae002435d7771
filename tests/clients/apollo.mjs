// Asks about two days in one operation, and prints what Apollo Client's cache holds afterwards.
// node apollo.mjs URL MAJOR DAY

import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { isDeepStrictEqual } from "node:util";
import { introspected, possibleTypes } from "./schema.mjs";

const [url, major, then] = process.argv.slice(2);
const require = createRequire(import.meta.url);
const apollo = major === "3" ? require("apollo-client-3/core") : await import("@apollo/client");
const { ApolloClient, HttpLink, InMemoryCache, gql } = apollo;

const cache = new InMemoryCache({ possibleTypes: possibleTypes(await introspected(url)) });
const client = new ApolloClient({ cache, link: new HttpLink({ uri: url }) });
const query = gql(readFileSync(new URL("days.graphql", import.meta.url), "utf8"));
const asked = { query, variables: { then } };
const { data } = await client.query(asked);

const node = gql`query Again($id: ID!) { node(id: $id) { id ... on Meeting { status } } }`;
const before = Object.keys(cache.extract()).sort();
const again = await client.query({ query: node, variables: { id: data.then.id } });
const after = Object.keys(cache.extract()).sort();

const records = (slug) => Object.values(cache.extract()).filter((record) => record.slug === slug);
console.log(
  JSON.stringify({
    major: apollo.version?.[0] ?? client.version[0],
    records: records("vladivostok-2019").map(({ slug, status }) => ({ slug, status })),
    people: records("vladimir-putin").length,
    isReadAsAnswered: isDeepStrictEqual(client.readQuery(asked), data),
    again: again.data.node.status,
    isSameRecord: isDeepStrictEqual(before, after),
  }),
);
