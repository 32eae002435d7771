import { useQuery } from "@apollo/client/react";
import { ACTOR, ActorLink } from "../ActorLink";
import { Answer } from "../Answer";
import { useAsOf } from "../asOf";
import { graphql, type ResultOf } from "../graphql";
import { More } from "../More";
import { when } from "../when";

const SUMMIT = graphql(
  `
    fragment Summit on Summit {
      id
      name
      status
      date {
        edtf
        label
      }
      plannedDate {
        label
      }
      place {
        id
        name
      }
      participants {
        role
        actor {
          ...Actor
        }
      }
    }
  `,
  [ACTOR],
);

const SUMMITS = graphql(
  `
    query Summits($asOf: Date, $after: String) {
      summits(first: 10, after: $after, orderBy: DATE_DESC, asOf: $asOf) {
        totalCount
        pageInfo {
          hasNextPage
          endCursor
        }
        edges {
          node {
            ...Summit
          }
        }
      }
    }
  `,
  [SUMMIT],
);

export function SummitsPage() {
  const [asOf] = useAsOf();
  const result = useQuery(SUMMITS, { variables: { asOf } });
  return (
    <Answer of={result}>
      {({ summits }) => (
        <>
          <h1>{summits.totalCount} summits</h1>
          <ul className="cards">
            {summits.edges.map(({ node }) => (
              <SummitCard key={node.id} summit={node} />
            ))}
          </ul>
          <More pageInfo={summits.pageInfo} fetchMore={result.fetchMore} />
        </>
      )}
    </Answer>
  );
}

function SummitCard({ summit }: { summit: ResultOf<typeof SUMMIT> }) {
  const { name, status, place, participants } = summit;
  return (
    <li>
      <h2>{name}</h2>
      {/* new statuses may come, so a page has no list of them */}
      <p>
        <span className="kind">{status.toLowerCase().replaceAll("_", " ")}</span>
        {[when(summit), place?.name].filter(Boolean).join(", ")}
      </p>
      <ul className="inline">
        {participants.map(({ actor }) => (
          <li key={actor.id}>
            <ActorLink actor={actor} />
          </li>
        ))}
      </ul>
    </li>
  );
}
