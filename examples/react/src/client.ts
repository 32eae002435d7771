// What Apollo Client has to know of the register, beside its address.
import { ApolloClient, HttpLink, InMemoryCache } from "@apollo/client";
import { relayStylePagination } from "@apollo/client/utilities";

// objects without an id, which belong to what they stand in: what two parts of a page ask of one is joined
const EMBEDDED = ["Dataset", "EdtfDate", "EntryChange", "Network", "Passage", "Path", "SourceDataset", "TieDirection", "Tone"];

/** A client of the register at `address`; rejects where there is none. */
export async function connect(address: string): Promise<ApolloClient> {
  const response = await fetch(`${address}/possible-types.json`);
  if (!response.ok) throw new Error(`${address} answers ${response.status}.`);
  return new ApolloClient({
    link: new HttpLink({ uri: `${address}/graphql` }),
    cache: new InMemoryCache({
      possibleTypes: await response.json(),
      typePolicies: {
        // the pages of a list are joined; another filter, order or day makes another list
        Query: {
          fields: {
            summits: relayStylePagination(["filter", "orderBy", "asOf"]),
            search: relayStylePagination(["text", "kind", "asOf"]),
          },
        },
        Person: { fields: { facts: relayStylePagination(["filter", "orderBy"]) } },
        Relationship: { fields: { timeline: relayStylePagination(["filter", "orderBy"]) } },
        ...Object.fromEntries(EMBEDDED.map((type) => [type, { merge: true }])),
      },
    }),
  });
}
