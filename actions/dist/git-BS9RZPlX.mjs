export { t as createGit } from "./git-B-xAqXn4.mjs";
