# How many dispatchers an application's repository has had.
set -eu
kubectl -n luban-ci get workflows -o json | node -e '
  const { items } = JSON.parse(fs.readFileSync(0));
  const parametersOf = ({ spec }) => spec.arguments?.parameters ?? [];
  const isOfApp = (workflow) => parametersOf(workflow).some(({ value }) => value?.endsWith(`/${process.argv[1]}.git`));
  console.log(items.filter(isOfApp).length);
' "$1"
