import { freePort } from '@waymark/local';
import { runCommand } from '../../../tools/runCommand';
import { call, get, startCollector } from './calls';
import { RunningService } from './RunningService';
import { ServiceTest } from './schema';

const START_MS = 90_000;
const DRAIN_SECONDS = 2;
const STOP_MS = 30_000;
const EX_CONFIG = 78;

/**
 * Starts a made service as the cluster would and asks what the platform's chart,
 * alerts and dashboard rely on: health, readiness, metrics, traces, logs, a
 * shutdown that loses nothing, and a clear end where the configuration is wrong.
 *
 * @param folder - the repository made, built already
 * @param env - what it gets beside the chart's variables, such as DATABASE_URL
 * @returns what does not hold, in words
 */
export async function checkService(
  test: ServiceTest,
  folder: string,
  env: NodeJS.ProcessEnv,
): Promise<string[]> {
  if (test.migrate && env.DATABASE_URL) {
    const migrated = await runCommand('sh', ['-c', test.migrate], {
      cwd: folder,
      env,
    });
    if (migrated.code !== 0) {
      return [
        `${test.migrate} ended with ${migrated.code}:\n${migrated.output}`,
      ];
    }
  }
  const problems = await checkRunning(test, folder, env);
  return [...problems, ...(await checkRefusal(test, folder, env))];
}

async function checkRunning(
  test: ServiceTest,
  folder: string,
  env: NodeJS.ProcessEnv,
): Promise<string[]> {
  const problems: string[] = [];
  const [port, metricsPort] = [await freePort(), await freePort()];
  const probes = test.probes === 'http' ? port : metricsPort;
  const collector = await startCollector();
  const service = RunningService.start(test.start, {
    cwd: folder,
    env: {
      ...process.env,
      ...env,
      HOST: '127.0.0.1',
      PORT: String(port),
      METRICS_PORT: String(metricsPort),
      SHUTDOWN_DELAY_SECONDS: String(DRAIN_SECONDS),
      SHUTDOWN_TIMEOUT_SECONDS: '10',
      OTEL_SERVICE_NAME: 'made-service',
      OTEL_EXPORTER_OTLP_ENDPOINT: collector.endpoint,
    },
  });
  const answers = async (path: string, status: number) =>
    (await get(probes, path))?.status === status;
  try {
    if (!(await service.until(() => answers('/readyz', 200), START_MS))) {
      return [`it does not become ready:\n${service.lastWords}`];
    }
    if (!(await answers('/healthz', 200))) problems.push('/healthz is not 200');
    const wrong = await call(port, test.request);
    if (wrong) problems.push(wrong);
    const metrics = (await get(metricsPort, '/metrics'))?.text ?? '';
    for (const name of [test.metric, 'process_start_time_seconds']) {
      if (!new RegExp(`^${name}(\\{.*\\})? [0-9.e+-]+`, 'm').test(metrics)) {
        problems.push(`/metrics has no ${name}`);
      }
    }
    if (test.request.protocol === 'http') {
      const open = await get(port, '/metrics');
      if (open?.status === 200) problems.push('/metrics is public');
    }

    service.terminate();
    const drains = await service.until(
      () => answers('/readyz', 503),
      DRAIN_SECONDS * 1000,
    );
    if (!drains) problems.push('/readyz is not 503 while it shuts down');
    const code = await service.exitCode(STOP_MS);
    if (code !== 0) {
      problems.push(
        code === undefined
          ? `it still runs ${STOP_MS / 1000} s after SIGTERM`
          : `it ends with ${code} after SIGTERM:\n${service.lastWords}`,
      );
    }
    if (collector.bytes() === 0) problems.push('no trace was sent');
    const prose = service.output.split('\n').find(line => !isLogLine(line));
    if (prose !== undefined) problems.push(`a log line is not JSON: ${prose}`);
    return problems;
  } finally {
    await service.kill();
    collector.close();
  }
}

/** A wrong variable is named, its value is not, and the process ends with 78. */
async function checkRefusal(
  { start }: ServiceTest,
  folder: string,
  env: NodeJS.ProcessEnv,
): Promise<string[]> {
  const service = RunningService.start(start, {
    cwd: folder,
    env: { ...process.env, ...env, PORT: 'hunter2' },
  });
  try {
    const code = await service.exitCode(START_MS);
    if (code !== EX_CONFIG) {
      return [`a wrong PORT ends it with ${code}, not ${EX_CONFIG}`];
    }
    const { output } = service;
    return [
      ...(output.includes('PORT') ? [] : ['a wrong PORT is not named']),
      ...(output.includes('hunter2') ? ['a wrong value is repeated'] : []),
    ];
  } finally {
    await service.kill();
  }
}

function isLogLine(line: string): boolean {
  if (line.trim() === '') return true;
  try {
    return typeof JSON.parse(line) === 'object';
  } catch {
    return false;
  }
}
