// PostGraphile as it is run in production: `node server.mjs PORT`, on the database that DATABASE_URL names.
import { createServer } from "node:http";

import { grafserv } from "postgraphile/grafserv/node";
import { makePgService } from "postgraphile/adaptors/pg";
import { PostGraphileAmberPreset } from "postgraphile/presets/amber";
import { postgraphile } from "postgraphile";

// what the service's own connections are told, but that a plan may be made for the values at hand
const SETTINGS = "-c jit=off -c random_page_cost=1.1";

const url = new URL(process.env.DATABASE_URL.replace("@/", "@localhost/"));
const preset = {
  extends: [PostGraphileAmberPreset],
  grafserv: { graphiql: false, watch: false, outputDataAsString: true },
  schema: { defaultBehavior: "-insert -update -delete" },
  pgServices: [
    makePgService({
      poolConfig: {
        host: url.searchParams.get("host") ?? url.hostname,
        port: Number(url.searchParams.get("port") ?? (url.port || 5432)),
        user: decodeURIComponent(url.username),
        password: decodeURIComponent(url.password) || undefined,
        database: url.pathname.slice(1),
        max: Number(process.env.POOL_SIZE ?? 8),
        options: process.env.PG_SETTINGS ?? SETTINGS,
      },
      schemas: ["api"],
      pubsub: false,
    }),
  ],
};

const served = postgraphile(preset).createServ(grafserv);
const server = createServer();
server.keepAliveTimeout = 60_000;
await served.addTo(server);
await served.ready();
server.listen(Number(process.argv[2]), "127.0.0.1");
process.on("SIGTERM", () => process.exit(0));
