/** Where what belongs to no project lives: the dispatcher, set-up, and the Secrets that projects get. */
export const platformNamespace = 'luban-ci';
