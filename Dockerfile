# The app, built, and the server that serves it. Data is in PostgreSQL (DATABASE_URL), or under /data.
FROM node:24-bookworm-slim AS build
WORKDIR /outlay
COPY package.json package-lock.json ./
RUN npm ci --no-audit --no-fund
COPY . .
RUN npm run build && npm prune --omit=dev

FROM node:24-bookworm-slim
WORKDIR /outlay
ENV NODE_ENV=production HOST=0.0.0.0 PORT=4810 DATA_DIR=/data
COPY --from=build /outlay/package.json ./
COPY --from=build /outlay/node_modules node_modules
COPY --from=build /outlay/build build
COPY --from=build /outlay/src src
COPY --from=build /outlay/sync-server sync-server
RUN mkdir /data && chown node:node /data
USER node
VOLUME /data
EXPOSE 4810
STOPSIGNAL SIGTERM
CMD ["node", "sync-server/main.ts"]
