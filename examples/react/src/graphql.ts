// `graphql` types each document by the schema; src/graphql-env.d.ts is made of it by `npm run types`.
import { initGraphQLTada } from "gql.tada";
import type { introspection } from "./graphql-env";

export const graphql = initGraphQLTada<{
  introspection: introspection;
  disableMasking: true;
  scalars: { Date: string; DateTime: string; EDTF: string; LanguageTag: string; URI: string };
}>();

export type { ResultOf } from "gql.tada";
