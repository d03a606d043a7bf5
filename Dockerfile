# syntax=docker/dockerfile:1
FROM node:20-slim AS build
WORKDIR /app
COPY package.json package-lock.json ./
RUN npm ci
COPY . .
RUN npm run build

# What runs: no compiler, no test tools, no embedded Postgres (DATABASE_URL names the real one).
FROM node:20-slim AS packages
WORKDIR /app
COPY package.json package-lock.json ./
RUN npm ci --omit=dev --omit=optional

FROM node:20-slim
ENV NODE_ENV=production
WORKDIR /app
COPY --from=packages /app/node_modules ./node_modules
COPY --from=build /app/dist ./dist
COPY package.json LICENSE NOTICE ./
COPY bin ./bin
COPY rules ./rules
COPY personas ./personas
COPY drizzle ./drizzle
RUN mkdir -p /var/lib/aios/home /var/lib/aios/keys \
  && chown -R node:node /var/lib/aios \
  && chmod 700 /var/lib/aios/home /var/lib/aios/keys
USER node
ENV AIOS_HOME=/var/lib/aios/home AIOS_KEYS=/var/lib/aios/keys
CMD ["node", "bin/aios.mjs", "start"]
