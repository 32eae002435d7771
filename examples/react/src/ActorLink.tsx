import { Link } from "wouter";
import { graphql, type ResultOf } from "./graphql";

export const ACTOR = graphql(`
  fragment Actor on Actor {
    __typename
    id
    slug
    name
  }
`);

/** The name of somebody, which leads to the page that people have here. */
export function ActorLink({ actor }: { actor: ResultOf<typeof ACTOR> }) {
  return actor.__typename === "Person" ? <Link href={`/people/${actor.slug}`}>{actor.name}</Link> : actor.name;
}
