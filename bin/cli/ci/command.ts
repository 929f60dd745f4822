import type { Command } from 'commander';
import type { Run } from '../session.ts';
import { type CiOptions, ci } from './ci.ts';

const help = `
On a request it checks the documents that the request changes, without a key, and puts one comment on it that later runs change. On a push
to the default branch it publishes what changed, as the branch has it now; a push to another branch does nothing. Paths are those of git:
folders, patterns such as 'postmortems/*.md', ':(exclude)drafts'. Without one it looks at the whole repository. README, _index.md, hidden
folders and links are left out. What was deleted is listed and not taken back. docs/connectors has a page for GitHub and one for GitLab.

Environment: GITHUB_TOKEN or AFTERWORD_GITLAB_TOKEN puts the comment; without it, or without the right, only the summary has the text.

Examples:
  afterword ci postmortems
  afterword ci postmortems ':(exclude)postmortems/drafts' --distribution config/distribution.yaml`;

export function addCiCommand(program: Command, run: Run, env: NodeJS.ProcessEnv): void {
  program
    .command('ci')
    .description('in GitHub Actions or GitLab CI: check what a request changes, publish what a push changed')
    .argument('[paths...]', 'where postmortems lie')
    .option('--distribution <file>', 'by which file of the commit it says who would be told (default: distribution.yaml)')
    .option('--summary <file>', 'write the text of the comment to the end of this file (default: the job summary of GitHub)')
    .addHelpText('after', help)
    .action((paths: string[], options: CiOptions, command: Command) => run(command, (session) => ci(session, paths, options, env)));
}
