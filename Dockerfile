# The whole product in one image: the server, the text model and a trained starter shelf. `docker run -p 7860:7860 IMAGE`.

FROM swift:6.3.1-noble AS build
SHELL ["/bin/bash", "-o", "pipefail", "-c"]
# No versions: the base image's archive holds one of each, and it is the one with the security fixes. Without their shared
# libraries minizip and the stemmer are linked in, so that the last stage needs no package whose name changes from system to system.
# hadolint ignore=DL3008
RUN apt-get update --quiet \
    && apt-get install --yes --quiet --no-install-recommends libsqlite3-dev zlib1g-dev libminizip-dev libstemmer-dev \
        libopenblas-dev python3 python3-pip \
    && rm -rf /var/lib/apt/lists/* /usr/lib/*/libminizip.so /usr/lib/*/libstemmer.so
WORKDIR /source
COPY Package.swift ./
COPY Engine/Package.swift Engine/
COPY Engine/Sources Engine/Sources
COPY Sources Sources
COPY config config
# The manifest names the tests too. They are not built here, so empty folders do.
RUN sed --quiet 's,.*"\([A-Za-z]*Tests\)".*,Tests/\1,p' Package.swift | xargs mkdir --parents
# The build folder is kept between builds on one machine, so only what changed is compiled.
RUN --mount=type=cache,id=bookrec-build,target=/source/.build \
    swift build --configuration release --product bookrec --static-swift-stdlib -Xlinker --no-export-dynamic \
    && install -D --strip .build/release/bookrec /out/bookrec

# What a first reader gets. The model makes a tree of its own with fixed times, copied whole: so its layer, by far the largest, is
# the same in every release, and a host that has one release does not pull it again.
FROM build AS shelf
COPY data/starter/books.csv /starter.csv
RUN --mount=type=cache,id=bookrec-text-model,target=/cache \
    /out/bookrec model fetch --lean --models /cache \
    && mkdir -p /model/usr/share/bookrec-model /shelf/usr/share/bookrec/starter \
    && cp -r /cache/. /model/usr/share/bookrec-model/ \
    && find /model -exec touch --no-dereference --date=@0 {} + \
    && export BOOKREC_MODELS=/cache BOOKREC_HOME=/shelf/usr/share/bookrec/starter \
    && /out/bookrec ingest books /starter.csv \
    && /out/bookrec train

FROM ubuntu:24.04
# hadolint ignore=DL3008
RUN apt-get update --quiet \
    && apt-get install --yes --quiet --no-install-recommends libsqlite3-0 libopenblas0-pthread \
    && rm -rf /var/lib/apt/lists/* /var/cache/* /var/log/* /var/lib/dpkg/*-old \
    && groupadd --gid 10001 bookrec \
    && useradd --uid 10001 --gid bookrec --no-create-home --home-dir /data --shell /usr/sbin/nologin bookrec \
    && install --directory --owner=bookrec --group=bookrec /data
COPY --from=shelf /model /
COPY --from=shelf /shelf /
COPY --from=build /out/bookrec /usr/bin/bookrec
ENV BOOKREC_HOME=/data \
    BOOKREC_MODELS=/usr/share/bookrec-model \
    BOOKREC_STARTER=/usr/share/bookrec/starter
VOLUME /data
USER 10001:10001
EXPOSE 7860
HEALTHCHECK --interval=30s --timeout=6s --start-period=60s --retries=3 CMD ["/usr/bin/bookrec", "healthcheck"]
ENTRYPOINT ["/usr/bin/bookrec"]
CMD ["serve", "--host", "0.0.0.0"]
# Last, so that everything above is shared between commits.
ARG COMMIT=unknown
ENV BOOKREC_COMMIT=$COMMIT
LABEL org.opencontainers.image.title="bookrec" \
    org.opencontainers.image.description="A self-hosted book recommender" \
    org.opencontainers.image.licenses="Apache-2.0" \
    org.opencontainers.image.revision=$COMMIT
