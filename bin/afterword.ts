#!/usr/bin/env node
import { runProgram } from './cli/program.ts';

// A reader such as `head` may close the pipe early. That is not an error of ours.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code !== 'EPIPE') throw error;
  process.exit();
});

process.exitCode = await runProgram(process.argv, process.env);
