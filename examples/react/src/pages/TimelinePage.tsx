import { useQuery } from "@apollo/client/react";
import { ACTOR, ActorLink } from "../ActorLink";
import { Answer } from "../Answer";
import { useAsOf } from "../asOf";
import { FACT, Facts } from "../Facts";
import { graphql } from "../graphql";
import { More } from "../More";

const TIMELINE = graphql(
  `
    query Timeline($between: [String!]!, $asOf: Date, $after: String) {
      relationship(between: $between, asOf: $asOf) {
        id
        meetingCount
        firstMet {
          label
        }
        lastMet {
          label
        }
        parties {
          ...Actor
        }
        timeline(first: 20, after: $after) {
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
  [ACTOR, FACT],
);

export function TimelinePage({ between }: { between: [string, string] }) {
  const [asOf] = useAsOf();
  const result = useQuery(TIMELINE, { variables: { between, asOf } });
  return (
    <Answer of={result}>
      {({ relationship }) =>
        relationship ? (
          <>
            <h1>
              {relationship.parties.map((party, index) => (
                <span key={party.id}>
                  {index > 0 && " and "}
                  <ActorLink actor={party} />
                </span>
              ))}
            </h1>
            <p>
              Meetings: {relationship.meetingCount}
              {relationship.firstMet && `, the first on ${relationship.firstMet.label}`}
              {relationship.lastMet && `, the last on ${relationship.lastMet.label}`}
            </p>
            <h2>{relationship.timeline.totalCount} facts, the earliest first</h2>
            <Facts facts={relationship.timeline.edges.map(({ node }) => node)} />
            <More pageInfo={relationship.timeline.pageInfo} fetchMore={result.fetchMore} />
          </>
        ) : (
          <p>Nothing was known that the two share.</p>
        )
      }
    </Answer>
  );
}
