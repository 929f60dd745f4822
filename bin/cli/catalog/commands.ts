import type { Command } from 'commander';
import type { Run } from '../session.ts';
import { type CatalogImportOptions, importCatalog, importHelp } from './import.ts';
import { checkCatalog, checkHelp, showHelp, showService } from './show.ts';

export function addCatalogCommands(program: Command, run: Run): void {
  const catalog = program.command('catalog').description('the service catalogue: import it from Backstage, show a service, check it');
  catalog
    .command('import')
    .description('replace the service catalogue with what these files have')
    .argument('<paths...>', 'files, folders or globs; "-" is stdin')
    .option('--yes', 'however many services it loses')
    .option('--check', 'only say what is read and what is amiss; store nothing')
    .addHelpText('after', importHelp)
    .action((paths: string[], options: CatalogImportOptions, command: Command) =>
      run(command, (session) => importCatalog(session, paths, options)),
    );
  catalog
    .command('show')
    .description('show who runs a service, its technologies, and what depends on what')
    .argument('<service>', 'its name, an alias or its reference')
    .addHelpText('after', showHelp)
    .action((service: string, _options: unknown, command: Command) => run(command, (session) => showService(session, service)));
  catalog
    .command('check')
    .description('say what of the stored catalogue helps nobody')
    .addHelpText('after', checkHelp)
    .action((_options: unknown, command: Command) => run(command, checkCatalog));
}
