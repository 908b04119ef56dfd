// Logs every attempt with pino, and counts and times it for Prometheus, which reads http://localhost:9100/.
//
//   npm install pino prom-client && node --env-file=.env examples/monitoring.mjs
import { createServer } from "node:http";
import { MailcowApiClient } from "mailcow-client";
import pino from "pino";
import { Histogram, register } from "prom-client";

const { PORT: port = "9100" } = process.env;
const log = pino();
const seconds = new Histogram({
  name: "mailcow_request_seconds",
  help: "Attempts of calls to mailcow",
  labelNames: ["method", "route", "outcome"],
});

const mcc = MailcowApiClient.fromEnv({
  onResponse(event) {
    const { method, route, status, failure, durationMs } = event;
    log[failure ? "warn" : "info"](event, "mailcow");
    // `route` has no ids in it, so that there is one series per route.
    seconds.observe({ method, route, outcome: failure ?? String(status) }, durationMs / 1000);
  },
  onRetry: ({ route, status, delayMs }) => log.warn({ route, status, delayMs }, "mailcow is busy"),
});

createServer(async (_, response) => {
  response.setHeader("content-type", register.contentType).end(await register.metrics());
}).listen(port);

log.info({ domains: (await mcc.domains.list()).length }, "started");
