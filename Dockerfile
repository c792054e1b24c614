# docker build --tag kube-netlint .
# docker run --rm --network none --read-only --volume "$PWD:/work:ro" kube-netlint

FROM node:22-slim AS build
WORKDIR /source
COPY . .
RUN npm ci --ignore-scripts && npm run build

FROM node:22-slim
COPY --from=build /source/dist/npm /opt/kube-netlint
RUN ln -s /opt/kube-netlint/cli.js /usr/local/bin/kube-netlint
USER node
WORKDIR /work
ENTRYPOINT ["kube-netlint"]
