graphql`
  fragment ActorQuotes on Actor
  @refetchable(queryName: "ActorQuotesPageQuery")
  @argumentDefinitions(count: { type: "Int", defaultValue: 20 }, cursor: { type: "String" }) {
    name
    quotes(first: $count, after: $cursor) @connection(key: "ActorQuotes_quotes") {
      edges {
        node {
          text
        }
      }
    }
  }
`;
