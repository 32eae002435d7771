import { useQuery } from "@apollo/client/react";
import { Link } from "wouter";
import { Answer } from "../Answer";
import { useAsOf } from "../asOf";
import { FACT, Facts } from "../Facts";
import { graphql } from "../graphql";
import { More } from "../More";

const PERSON = graphql(
  `
    query Person($slug: String!, $asOf: Date, $after: String) {
      person(slug: $slug, asOf: $asOf) {
        id
        name
        country {
          id
          name
        }
        names(kind: [COMMON]) {
          text
          language
        }
        offices {
          id
          title
          date {
            label
          }
        }
        relationships(filter: { kind: [PEOPLE] }, first: 10) {
          nodes {
            id
            parties {
              id
              slug
              name
            }
          }
        }
        facts(first: 20, after: $after, orderBy: DATE_DESC) {
          totalCount
          pageInfo {
            hasNextPage
            endCursor
          }
          edges {
            node {
              ...Fact
            }
          }
        }
      }
    }
  `,
  [FACT],
);

export function PersonPage({ slug }: { slug: string }) {
  const [asOf] = useAsOf();
  const result = useQuery(PERSON, { variables: { slug, asOf } });
  return (
    <Answer of={result}>
      {({ person }) =>
        person ? (
          <>
            <h1>{person.name}</h1>
            <p>{person.country?.name}</p>
            <ul className="inline" aria-label="Spellings">
              {person.names.map(({ text, language }) => (
                <li key={language} lang={language}>
                  {text}
                </li>
              ))}
            </ul>
            <ul aria-label="Offices">
              {person.offices.map(({ id, title, date }) => (
                <li key={id}>{[title, date?.label].filter(Boolean).join(", ")}</li>
              ))}
            </ul>
            <h2>With whom</h2>
            <ul className="inline" aria-label="With whom">
              {person.relationships.nodes
                .flatMap(({ parties }) => parties.filter((party) => party.slug !== slug))
                .map((other) => (
                  <li key={other.id}>
                    <Link href={`/between/${slug}/${other.slug}`}>{other.name}</Link>
                  </li>
                ))}
            </ul>
            <h2>{person.facts.totalCount} facts, the latest first</h2>
            <Facts facts={person.facts.edges.map(({ node }) => node)} />
            <More pageInfo={person.facts.pageInfo} fetchMore={result.fetchMore} />
          </>
        ) : (
          <p>Nobody of this name was known of.</p>
        )
      }
    </Answer>
  );
}
