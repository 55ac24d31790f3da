export { meetings } from "./store-meetings.ts";
export { models } from "./store-models.ts";
export { programmes } from "./store-programmes.ts";
export { together } from "./store-together.ts";
