FROM --platform=$BUILDPLATFORM golang:1.26.8 AS build
WORKDIR /src
COPY go.mod go.sum ./
RUN --mount=type=cache,target=/go/pkg/mod go mod download
COPY . .
ARG TARGETOS TARGETARCH
RUN --mount=type=cache,target=/go/pkg/mod --mount=type=cache,target=/root/.cache/go-build \
    CGO_ENABLED=0 GOOS=$TARGETOS GOARCH=$TARGETARCH go build -trimpath -ldflags "-s -w" -o /out/honeyguide . \
    && mkdir -m 0700 /out/data

# The program carries all that it reads but the authorities that HTTPS trusts.
FROM scratch
LABEL org.opencontainers.image.title="Honeyguide" \
      org.opencontainers.image.description="A shop's own image-aware shopping assistant" \
      org.opencontainers.image.licenses="Apache-2.0"
COPY --from=build /etc/ssl/certs/ca-certificates.crt /etc/ssl/certs/
COPY --from=build /out/honeyguide /honeyguide
COPY --from=build --chown=65532:65532 /out/data /data
USER 65532:65532
ENV HONEYGUIDE_ADDR=0.0.0.0:8080 HONEYGUIDE_DATA=/data
VOLUME /data
EXPOSE 8080
HEALTHCHECK --interval=10s --timeout=5s --start-period=2m CMD ["/honeyguide", "health"]
ENTRYPOINT ["/honeyguide"]
CMD ["serve"]
