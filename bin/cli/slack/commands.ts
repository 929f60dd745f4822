import type { Command } from 'commander';
import type { Run } from '../session.ts';
import { channelsHelp, listChannels } from './channels.ts';
import { listPosts, postsHelp } from './posts.ts';
import { repost, repostHelp } from './repost.ts';
import { revokeHelp, revokeLinks } from './revoke.ts';

export function addSlackCommands(program: Command, run: Run): void {
  const slack = program.command('slack').description('show posts in Slack and their channels; post again; take links back');
  slack
    .command('channels')
    .description('show the channels that get posts, whose they are, and what keeps one from getting any')
    .option('--refresh', 'ask Slack for its channels first')
    .addHelpText('after', channelsHelp)
    .action((options: { readonly refresh?: boolean }, command: Command) => run(command, (session) => listChannels(session, options)));
  slack
    .command('posts')
    .description('show the posts of one postmortem, or those that wait for somebody')
    .argument('[postmortem]', 'its id, as "afterword postmortems list" shows it')
    .addHelpText('after', postsHelp)
    .action((postmortem: string | undefined, _options: unknown, command: Command) =>
      run(command, (session) => listPosts(session, postmortem)),
    );
  slack
    .command('repost')
    .description('post one where it is missing: deleted, refused, unconfirmed, or never posted')
    .argument('<postmortem>', 'its id')
    .argument('<channel>', 'the channel, by its id or by its name without the #')
    .addHelpText('after', repostHelp)
    .action((postmortem: string, channel: string, _options: unknown, command: Command) =>
      run(command, (session) => repost(session, postmortem, channel)),
    );
  slack
    .command('links')
    .description('take back the links in posts, through which anybody who has one reads a postmortem')
    .command('revoke')
    .description('end all links of one postmortem at once; its posts are edited to a text without a link')
    .argument('<postmortem>', 'its id')
    .option('--yes', 'skip the confirmation')
    .addHelpText('after', revokeHelp)
    .action((postmortem: string, options: { readonly yes?: boolean }, command: Command) =>
      run(command, (session) => revokeLinks(session, postmortem, options)),
    );
}
