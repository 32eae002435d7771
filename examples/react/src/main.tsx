import { ApolloProvider } from "@apollo/client/react";
import { StrictMode } from "react";
import { createRoot } from "react-dom/client";
import { App } from "./App";
import { connect } from "./client";

const REGISTER = import.meta.env.VITE_REGISTER ?? "http://127.0.0.1:8000";

const root = createRoot(document.getElementById("root")!);
connect(REGISTER).then(
  (client) =>
    root.render(
      <StrictMode>
        <ApolloProvider client={client}>
          <App />
        </ApolloProvider>
      </StrictMode>,
    ),
  () => root.render(<p role="alert">The register cannot be reached at {REGISTER}.</p>),
);
