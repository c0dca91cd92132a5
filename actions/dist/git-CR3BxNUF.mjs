export { t as createGit } from "./git-BUuks0mj.mjs";
