import { Argument, Command, CommanderError, Option } from 'commander';
import { TwicetoldError } from '../errors.js';
import { EXIT, exitCodeOf } from './exit.js';
import { addDetectorFlags, addReadFlags, number } from './flags.js';
import { type Host, print } from './host.js';
import { printable, printableLines } from './terminal.js';

declare const __VERSION__: string | undefined;

/** Relations that `--fail-on` takes, strongest first. */
const RELATIONS = ['duplicate', 'near-duplicate', 'rewrite', 'excerpt'];

const failOn = () =>
  new Option('--fail-on <relation>', 'exit with 1 where a pair is related this closely, or closer').choices(RELATIONS);

/** The commands and their flags. Each command's code is loaded when it runs, so that `--help` answers at once. */
export function createProgram(host: Host): Command {
  const program = new Command('twicetold')
    .description('Finds text told twice: copied, edited, or rewritten in other words.')
    .version(typeof __VERSION__ === 'string' ? __VERSION__ : '0.0.0-source')
    .exitOverride()
    .configureOutput({
      writeOut: (text) => void host.stdout.write(text),
      writeErr: (text) => void host.stderr.write(text),
      // It quotes what was typed, or what a script pasted.
      outputError: (text, write) => write(printableLines(text)),
    })
    .addHelpText(
      'after',
      `
Examples:
  twicetold scan articles/ --html report.html    a report to look at
  twicetold compare ours.txt theirs.txt          two texts side by side
  twicetold scan dump.jsonl.gz --csv pairs.csv   a table of what is told twice

Exit codes: 0 done, 1 found what --fail-on names, 2 wrong usage, 3 something could not be read or
written, 70 a fault of twicetold itself, 130 stopped by Ctrl-C.`,
    );

  addReadFlags(
    addDetectorFlags(
      program
        .command('scan')
        .description('compare all documents of files and folders with each other')
        .argument('<paths...>', 'files, folders, patterns; - for standard input')
        .option('--html <file>', 'write a report to look at')
        .option('--json <file>', 'write the full report as JSON; - for standard output, as with the next two')
        .option('--jsonl <file>', 'write the pairs as lines of JSON')
        .option('--csv <file>', 'write the pairs as a table')
        .addOption(failOn())
        .option('--workers <n>', 'threads to compare on (default: 1)', number)
        .option('--quiet', 'print no tables'),
    ),
  )
    .addHelpText(
      'after',
      `
Reads text, Markdown, HTML, RSS, Atom, NewsML-G2, NITF, ninjs, JSON, JSON Lines, CSV and Parquet, plain or in gzip or zstd.

Examples:
  twicetold scan pages/ --html report.html
  twicetold scan 'feeds/**/*.xml' --fail-on rewrite --quiet
  twicetold scan dump.parquet --id url --text article --date published_at --jsonl pairs.jsonl
  curl -s https://example.org/feed.xml | twicetold scan - archive/`,
    )
    .action(async (paths, flags) => (await import('./commands/scan.js')).scan(paths, await configured(flags), host));

  addReadFlags(
    addDetectorFlags(
      program
        .command('compare')
        .description('compare two documents, side by side')
        .argument('<a>', 'a file with one document; - for standard input')
        .argument('<b>', 'another')
        .option('--json [file]', 'print the comparison as JSON, or write it to a file')
        .option('--html <file>', 'write a report to look at')
        .option('--plot <file>', 'draw the two texts against each other, as SVG')
        .option('--evidence', 'say what the scores were made from; with --json the words that match, too')
        .addOption(failOn())
        .option('--quiet', 'print no table'),
    ),
  )
    .addHelpText(
      'after',
      '\nExamples:\n  twicetold compare a.txt b.txt --plot plot.svg\n  twicetold compare ours.txt theirs.html\n  twicetold compare a.txt b.txt --json | jq .relation',
    )
    .action(async (a, b, flags) =>
      (await import('./commands/compare.js')).compareTwo(a, b, await configured(flags), host),
    );

  addReadFlags(
    addDetectorFlags(
      program
        .command('calibrate')
        .description('say what scores mean on pairs that you labelled, and which threshold to take')
        .argument('<table>', 'CSV with the columns a, b (texts or files) and label (1 or 0); - for standard input')
        .option('--precision <share>', 'precision that the threshold shall have, 0.01 to 1 (default: 0.95)', number)
        .option('--sentences', 'the pairs are single sentences')
        .addOption(
          new Option('--cells <what>', 'what a and b hold (default: as the first row looks)').choices([
            'texts',
            'files',
          ]),
        )
        .option('--json [file]', 'print the calibration as JSON, or write it to a file')
        .option('--svg <file>', 'draw precision against recall, and how often pairs of a score are the same')
        .option('--quiet', 'print no tables'),
    ),
  )
    .addHelpText(
      'after',
      `
Labels are 1 or 0, true or false, yes or no, same or different. Files hold one document each.

Examples:
  twicetold calibrate labelled.csv --precision 0.98
  twicetold calibrate labelled.csv --svg curve.svg --json curve.json
  twicetold calibrate sentences.csv --sentences`,
    )
    .action(async (table, flags) =>
      (await import('./commands/calibrate.js')).calibrateOn(table, await configured(flags), host),
    );

  const index = program.command('index').description('keep documents in an index, and ask it about others');
  const indexed = (name: string, description: string) =>
    addDetectorFlags(index.command(name).description(description).argument('<folder>', 'the folder of the index'));
  addReadFlags(
    indexed('add', 'add documents; one whose id is there is replaced').argument(
      '<paths...>',
      'files, folders, patterns',
    ),
  )
    .option('--quiet', 'say nothing')
    .addHelpText(
      'after',
      `
A file goes by its path as given, the files of one folder by their paths within it: name them the same
way each time, or a file is in the index twice.

Example:
  twicetold index add archive.index articles/`,
    )
    .action(async (folder, paths, flags) =>
      (await import('./commands/index.js')).addToIndex(folder, paths, await configured(flags), host),
    );
  addReadFlags(
    indexed('query', 'look up what documents have in common with those of the index').argument(
      '<paths...>',
      'files, folders, patterns',
    ),
  )
    .option('--json', 'print the pairs as lines of JSON')
    .addHelpText(
      'after',
      `
A document is not compared with that of its own id in the index. A file goes by its path as given, the
files of one folder by their paths within it: name files and folders as when they were added.

Example:
  twicetold index query archive.index today.html`,
    )
    .action(async (folder, paths, flags) =>
      (await import('./commands/index.js')).queryIndex(folder, paths, await configured(flags), host),
    );
  indexed('remove', 'remove documents')
    .argument('<ids...>', 'ids of documents')
    .option('--quiet', 'say nothing')
    .addHelpText('after', '\nExample:\n  twicetold index remove archive.index monday/bridge.txt')
    .action(async (folder, ids, flags) =>
      (await import('./commands/index.js')).removeFromIndex(folder, ids, await configured(flags), host),
    );
  indexed('stats', 'say how much is in the index')
    .option('--json', 'as JSON')
    .addHelpText('after', '\nExample:\n  twicetold index stats archive.index')
    .action(async (folder, flags) =>
      (await import('./commands/index.js')).indexStats(folder, await configured(flags), host),
    );

  addReadFlags(
    addDetectorFlags(
      program
        .command('watch')
        .description('check each file that arrives in a folder against an index, and add it')
        .argument('<folder>', 'the folder that files arrive in')
        .requiredOption('--index <folder>', 'the folder of the index')
        .option('--jsonl', 'print the pairs as lines of JSON'),
    ),
  )
    .addHelpText('after', '\nExample:\n  twicetold watch incoming/ --index archive.index')
    .action(async (folder, flags) =>
      (await import('./commands/watch.js')).watch(folder, await configured(flags), host),
    );

  addReadFlags(
    program
      .command('sign')
      .description('print the MinHash signature of each document as a line of JSON')
      .argument('<paths...>', 'files, folders, patterns; - for standard input')
      .option('--permutations <n>', 'minima a signature, 1 to 1024 (default: 128)', number)
      .option('--shingle-size <words>', 'words a shingle, 1 to 12 (default: 3)', number)
      .option('--seed <n>', 'seed of all hashing (default: 1)', number),
  )
    .addHelpText('after', '\nExample:\n  twicetold sign articles/ > signatures.jsonl')
    .action(async (paths, flags) => (await import('./commands/sign.js')).sign(paths, flags, host));

  program
    .command('report')
    .description('show a report that was written before')
    .argument('<report>', 'a file that scan --json or the Spark driver wrote')
    .option('--documents <path...>', 'files or folders with the texts, to be shown beside each other')
    .option('--html <file>', 'write a page to look at; - for standard output, as with the next two')
    .option('--jsonl <file>', 'write the pairs as lines of JSON')
    .option('--csv <file>', 'write the pairs as a table')
    .option('--quiet', 'print no tables')
    .addHelpText('after', '\nExample:\n  twicetold report found/report.json --html report.html')
    .action(async (path, flags) => (await import('./commands/report.js')).showReport(path, flags, host));

  addDetectorFlags(
    program
      .command('worker')
      .description('do one step for rows of an Arrow stream, from standard input to standard output')
      .addArgument(
        new Argument('<step>', 'what to do; plan prints the columns of each').choices([
          'plan',
          'keys',
          'surroundings',
          'recurring',
          'terms',
          'partners',
          'leaders',
          'overlap',
          'verify',
          'cluster',
        ]),
      )
      .option('--documents <n>', 'documents of the whole corpus; for overlap', number)
      .option('--strict', 'stop at the first row that cannot be worked on, and name it'),
  )
    .addHelpText(
      'after',
      '\nFor the Spark driver, src/spark/twicetold_spark.py in this package.\n\nExample:\n  twicetold worker keys < documents.arrows > keys.arrows',
    )
    .action(async (step, flags) => {
      // A reader that goes away before the end has not got everything.
      host.exitCode = EXIT.INPUT;
      // A file that happens to stand in a worker's folder must not make it work otherwise than the others.
      const options = flags.config === undefined ? flags : await configured(flags);
      await (await import('./commands/worker.js')).worker(step, options, host);
      host.exitCode = EXIT.CLEAN;
    });

  program
    .command('completion')
    .description('print a script that completes commands and options')
    .addArgument(new Argument('<shell>').choices(['bash', 'zsh', 'fish']))
    .addHelpText('after', '\nExample:\n  twicetold completion bash >> ~/.bash_completion')
    .action(
      async (shell) => void host.stdout.write((await import('./commands/completion.js')).completion(program, shell)),
    );
  pointToHelp(program, 'twicetold');
  return program;
}

/** After wrong usage of a command it is that command's help that is pointed to. */
function pointToHelp(command: Command, name: string): void {
  command.showHelpAfterError(`(see ${name} --help)`);
  for (const inner of command.commands) pointToHelp(inner, `${name} ${inner.name()}`);
}

/** Runs the command line, `args` without the program's name; what it comes to is said by the exit code of `host`. */
export async function run(args: readonly string[], host: Host): Promise<void> {
  try {
    await createProgram(host).parseAsync(args, { from: 'user' });
  } catch (error) {
    fail(error, host);
  }
}

/** Says what ended a run, on stderr and by the exit code. */
export function fail(error: unknown, host: Host): void {
  if (error instanceof CommanderError) host.exitCode = error.exitCode === 0 ? EXIT.CLEAN : EXIT.USAGE;
  else if (error instanceof TwicetoldError) refuse(error, host);
  else {
    host.exitCode = EXIT.FAULT;
    print(
      host.stderr,
      `twicetold: ${printable(String(error))}: a fault of twicetold itself; please report it, with what it prints when the variable DEBUG is set to 1`,
    );
    if (process.env.DEBUG && error instanceof Error) print(host.stderr, printableLines(error.stack ?? ''));
  }
}

function refuse(error: TwicetoldError, host: Host): void {
  const message = error.code === 'ABORTED' ? 'stopped before anything was compared.' : printable(error.message);
  print(host.stderr, `twicetold: ${message}`);
  host.exitCode = error.code === 'ABORTED' ? EXIT.STOPPED : exitCodeOf(error);
}

/** Flags over the options of the configuration file. */
async function configured<T extends { config?: string }>(flags: T): Promise<T> {
  const { readConfig } = await import('./config.js');
  const config = await readConfig(flags.config);
  // `--no-lexicon` sets the flag to true where it is absent, which must not hide the file's word.
  const isDefault = ([key, value]: [string, unknown]) => key === 'lexicon' && value === true;
  const given = Object.fromEntries(Object.entries(flags).filter((entry) => !isDefault(entry)));
  return { ...config, ...given } as T;
}
