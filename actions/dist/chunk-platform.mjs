// tools/conventions/src/platform.ts
const platformNamespace = "luban-ci";
export { platformNamespace as t };
