import { Command, CommanderError } from 'commander';
import pc from 'picocolors';
import about from '../../package.json' with { type: 'json' };
import { addActionCommands } from './actions/commands.ts';
import { addAuditCommand } from './audit.ts';
import { addCatalogCommands } from './catalog/commands.ts';
import { addCiCommand } from './ci/command.ts';
import { addCompletionCommands } from './completion.ts';
import { addConfigurationCommands } from './configuration/commands.ts';
import { addDeadLetterCommands } from './dead-letters.ts';
import { addBrakeCommands, addEditionCommands } from './editions/commands.ts';
import { type ExitCode, exitCodeHelp, exitCodes } from './exit-codes.ts';
import { Failure, RefusedByApi } from './failure.ts';
import { addHeldCommands } from './held/commands.ts';
import { addKeyCommands } from './key-commands.ts';
import { addNoticeCommands } from './notices/commands.ts';
import { addPackCommand } from './pack/commands.ts';
import { addPeopleCommands } from './people/commands.ts';
import { addPostmortemCommands } from './postmortems/commands.ts';
import { addRebuildCommand } from './postmortems/rebuild.ts';
import { addProfilesCommand } from './profile-command.ts';
import { addPublishCommand } from './publish/command.ts';
import { addReadershipCommand } from './readership.ts';
import { addReadingClubCommand } from './reading-club.ts';
import { addRelevanceCommand } from './relevance.ts';
import { addReminderCommands } from './reminders.ts';
import { addReviewCommands } from './reviews/commands.ts';
import { addRunbookCommand } from './runbook/commands.ts';
import { openSession, type Run, type Session } from './session.ts';
import { type GlobalOptions, localApi } from './settings.ts';
import { addSimilarCommand } from './similar.ts';
import { addSlackCommands } from './slack/commands.ts';
import { addStatusCommand } from './status.ts';
import { addTaxonomyCommands } from './taxonomy/commands.ts';
import { complaintLine } from './terminal.ts';

const introduction = `Gets every postmortem to the people who can act on it.

Talks to Afterword's API: a deployed one, or the local stack that "npm start" runs.`;

const afterwards = `${exitCodeHelp}

First steps:
  npm start                                       run everything on this machine
  npx afterword publish samples/postmortems       publish postmortems
  npx afterword preview engineering-digest        see the next digest
  npx afterword editions                          see what was sent, and to how many people

Environment: AFTERWORD_API and AFTERWORD_KEY replace --api and --key, AFTERWORD_PROFILE replaces --profile. NO_COLOR turns colours off. DEBUG=1 shows where an error came from.
For more about a command: afterword help COMMAND`;

/** Runs the command in the arguments and returns the exit code. Never throws. */
export async function runProgram(argv: readonly string[], env: NodeJS.ProcessEnv): Promise<ExitCode> {
  let exitCode: ExitCode = exitCodes.ok;
  const program = newProgram(async (command, work) => {
    const session = openSession(command.optsWithGlobals<GlobalOptions>(), env);
    exitCode = await work(session).catch((error: unknown) => told(error, session, env));
  }, env);
  try {
    await program.parseAsync(argv);
    return exitCode;
  } catch (error) {
    // commander has printed what is wrong, or the help that was asked for.
    if (error instanceof CommanderError) return error.exitCode === 0 ? exitCodes.ok : exitCodes.usage;
    return told(error, openSession({}, env), env);
  }
}

/** All commands, which hand what they do to `run`. */
export function newProgram(run: Run, env: NodeJS.ProcessEnv): Command {
  const program = new Command('afterword')
    .description(introduction)
    .version(about.version, '-V, --version', 'print the version')
    .option('--api <url>', `the address of the API; also AFTERWORD_API (default: ${localApi})`)
    .option('--key <key>', 'the API key; also AFTERWORD_KEY, which other users of this machine cannot see (default on localhost: local)')
    .option('--profile <name>', 'the deployment to talk to, from a file; also AFTERWORD_PROFILE (see: afterword profiles --help)')
    .option('--json', 'print one JSON object instead of text for people')
    .configureHelp({ showGlobalOptions: true, sortSubcommands: false })
    .configureOutput({ outputError: (text, write) => write(text) })
    .showHelpAfterError('(add --help to see how to use it)')
    .showSuggestionAfterError()
    .addHelpText('after', afterwards)
    .exitOverride();
  addPublishCommand(program, run);
  addCiCommand(program, run, env);
  addPostmortemCommands(program, run);
  addRebuildCommand(program, run);
  addRelevanceCommand(program, run);
  addSimilarCommand(program, run);
  addReadershipCommand(program, run);
  addReadingClubCommand(program, run);
  addActionCommands(program, run);
  addReviewCommands(program, run);
  addHeldCommands(program, run);
  addNoticeCommands(program, run);
  addPeopleCommands(program, run);
  addConfigurationCommands(program, run);
  addCatalogCommands(program, run);
  addRunbookCommand(program, run);
  addKeyCommands(program, run);
  addStatusCommand(program, run);
  addEditionCommands(program, run);
  addBrakeCommands(program, run);
  addDeadLetterCommands(program, run);
  addReminderCommands(program, run);
  addSlackCommands(program, run);
  addAuditCommand(program, run);
  addPackCommand(program, run);
  addTaxonomyCommands(program, run);
  addProfilesCommand(program, run, env);
  addCompletionCommands(program, run, env);
  return program;
}

/** Reports what ended a command, to people on stderr and to programs in the answer. */
function told(error: unknown, { terminal }: Session, env: NodeJS.ProcessEnv): ExitCode {
  if (env.DEBUG) console.error(error);
  const failure = error instanceof Failure ? error : undefined;
  const message =
    failure?.message ?? `This is a bug in the command line: ${error instanceof Error ? error.message : error}. DEBUG=1 shows more.`;
  const complaints = error instanceof RefusedByApi ? error.complaints : [];
  terminal.warn(message, ...(terminal.json ? [] : complaints.map((complaint) => `  ${complaintLine(complaint, pc.createColors(false))}`)));
  terminal.answer({ error: { message, complaints } });
  return failure?.exitCode ?? exitCodes.api;
}
