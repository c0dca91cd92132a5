/** What "luban" alone prints. */
export const usage = `luban: GitOps delivery as small steps

  luban <step> [--input value …]            run one step; JSON on stdout, the story on stderr
  luban run <template> -p name=value …      run a WorkflowTemplate on this machine
  luban playground up | status | down       git server, forge and registry on loopback
  luban secrets [folder]                    Secrets of the platform, from *.env files
  luban drift                               what is set up otherwise than the configuration says
  luban provisioner <command> …             the commands of the original, done by steps
  luban demo                                the whole delivery, here
  luban steps                               list the steps
  luban explain <step>                      what a step takes, gives and may do

Every step takes --dry-run, --input-file <yaml or json> and --workspace <folder>. Inputs are flags, LUBAN_<INPUT> in the
environment, or lines of the input file; flags win. Exit codes: 0 done, 1 failed, 2 bad input, 3 drift, 75 try again later.
`;
