# The stand-in, bundled, on the Node that the steps run on.
FROM luban.test/node:24
COPY stand-in.mjs /stand-in.mjs
USER 1000:1000
ENTRYPOINT ["node", "/stand-in.mjs"]
