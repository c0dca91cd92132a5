type Json = Record<string, unknown>;

/**
 * What Gitea 1.26 does and its description leaves out, each with the place in its source:
 * users carry their old field `username` (`modules/structs/user.go`, MarshalJSON), a merge reads the field names that it had
 * before (`services/forms/repo_form.go`, UnmarshalJSON), and answers 201 when it will be done later
 * (`routers/api/v1/repo/pull.go`).
 */
export function withGiteaSupplement(document: Json): Json {
  const definitions = objectAt(document, 'definitions');
  const paths = objectAt(document, 'paths');
  const mergePath = '/repos/{owner}/{repo}/pulls/{index}/merge';
  const post = objectAt(objectAt(paths, mergePath), 'post');
  return {
    ...document,
    definitions: {
      ...definitions,
      User: withProperty(objectAt(definitions, 'User'), 'username'),
      MergePullRequestOption: withProperty(objectAt(definitions, 'MergePullRequestOption'), 'MergeTitleField'),
    },
    paths: {
      ...paths,
      [mergePath]: { post: { ...post, responses: { ...objectAt(post, 'responses'), 201: {} } } },
    },
  };
}

function withProperty(definition: Json, name: string): Json {
  return { ...definition, properties: { ...objectAt(definition, 'properties'), [name]: { type: 'string' } } };
}

function objectAt(value: Json, key: string): Json {
  return { ...Object(value[key]) };
}
