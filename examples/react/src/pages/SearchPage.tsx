import { useQuery } from "@apollo/client/react";
import { Link, useLocation } from "wouter";
import { Answer } from "../Answer";
import { useAsOf } from "../asOf";
import { graphql, type ResultOf } from "../graphql";
import { More } from "../More";

const SEARCH = graphql(`
  query Search($text: String!, $asOf: Date, $after: String) {
    search(text: $text, first: 10, after: $after, asOf: $asOf) {
      pageInfo {
        hasNextPage
        endCursor
      }
      edges {
        matched {
          text
          isHit
        }
        node {
          __typename
          ... on Entry {
            id
            slug
            label
          }
        }
      }
    }
  }
`);

type Edge = ResultOf<typeof SEARCH>["search"]["edges"][number];

export function SearchPage({ text }: { text: string }) {
  const [asOf] = useAsOf();
  const [, navigate] = useLocation();
  const result = useQuery(SEARCH, { variables: { text, asOf } });
  return (
    <>
      <h1>Search</h1>
      <form action={(form) => navigate(`/search/${encodeURIComponent(String(form.get("text")))}`)}>
        <input key={text} type="search" name="text" aria-label="Search" defaultValue={text} placeholder="In any spelling" />
        <button>Search</button>
      </form>
      <Answer of={result}>
        {({ search }) => (
          <>
            {text && search.edges.length === 0 && <p>Nothing is found.</p>}
            <ul className="cards">
              {search.edges.map((edge) => (
                <Hit key={edge.node.id} {...edge} />
              ))}
            </ul>
            <More pageInfo={search.pageInfo} fetchMore={result.fetchMore} />
          </>
        )}
      </Answer>
    </>
  );
}

/** An entry, and the text of it that was found, with the words that were looked for. */
function Hit({ node, matched }: Edge) {
  return (
    <li>
      <span className="kind">{node.__typename}</span>
      {node.__typename === "Person" ? <Link href={`/people/${node.slug}`}>{node.label}</Link> : node.label}
      <p>{matched.map(({ text, isHit }, index) => (isHit ? <mark key={index}>{text}</mark> : text))}</p>
    </li>
  );
}
