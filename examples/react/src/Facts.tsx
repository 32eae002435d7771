import { graphql, type ResultOf } from "./graphql";
import { when } from "./when";

/** What a line about a fact needs of it, whatever kind of fact it is. */
export const FACT = graphql(`
  fragment Fact on Fact {
    __typename
    id
    label
    date {
      label
    }
    ... on Meeting {
      plannedDate {
        label
      }
    }
  }
`);

export function Facts({ facts }: { facts: ResultOf<typeof FACT>[] }) {
  return (
    <ol className="facts">
      {facts.map((fact) => (
        <li key={fact.id}>
          <span className="date">{when(fact)}</span>
          <span className="kind">{fact.__typename}</span>
          {fact.label}
        </li>
      ))}
    </ol>
  );
}
