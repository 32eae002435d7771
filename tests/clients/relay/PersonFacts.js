graphql`
  fragment PersonFacts on Person
  @refetchable(queryName: "PersonFactsPageQuery")
  @argumentDefinitions(count: { type: "Int", defaultValue: 20 }, cursor: { type: "String" }) {
    name
    facts(first: $count, after: $cursor, orderBy: DATE_DESC) @connection(key: "PersonFacts_facts") {
      edges {
        node {
          __typename
          slug
          label
        }
      }
    }
  }
`;
