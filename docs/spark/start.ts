/**
 * The driver on the five articles in `seeds/`, on a Spark of this machine, and what it found as a table: `npm run start:spark`. Python's
 * packages, Spark among them, go to a virtual environment of the tests on first use; Java 17 and Python must be there.
 */
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { sparkPython } from '../../tests/spark/python.js';

const { python, home } = sparkPython();
const env = {
  ...process.env,
  SPARK_HOME: home,
  SPARK_LOCAL_IP: '127.0.0.1',
  PYSPARK_PYTHON: python,
  PYSPARK_DRIVER_PYTHON: python,
};
const submit = [
  ...['--master', 'local[2]', '--conf', 'spark.ui.enabled=false', '--conf', 'spark.log.level=ERROR'],
  ...['src/spark/twicetold_spark.py', 'seeds', '--format', 'text', '--out', 'found'],
];
const show = ['dist/cli/main.js', 'report', 'found/report.json', '--documents', 'seeds', '--html', 'report.html'];
for (const [command, args] of [
  [join(home, 'bin/spark-submit'), submit],
  [process.execPath, show],
] as const) {
  const { status, error } = spawnSync(command, args, { stdio: 'inherit', env });
  if (error !== undefined) throw error;
  if (status !== 0) process.exit(status ?? 1);
}
