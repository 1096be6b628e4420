import { Link } from '@backstage/ui';
import { AdoptionAnswer } from '@waymark/backstage-plugin-golden-paths-common';
import { count, dayWords, durationWords, shareWords } from '../../words';
import { Fact } from './Fact';
import shared from './shared.module.css';

type Went = Pick<AdoptionAnswer, 'success' | 'times' | 'failures'>;

/** How runs went: whether, and how long people waited. */
export const WentFacts = ({ success, times }: Omit<Went, 'failures'>) => (
  <>
    <Fact
      label="Creations that succeed"
      note={success.n > 0 ? `of ${success.n} that ended` : undefined}
    >
      {shareWords(success)}
    </Fact>
    <Fact
      label="Usual duration, with the wait"
      note={
        times.total.n > 0
          ? `95 % within ${durationWords(times.total.p95)}, of ${times.total.n}`
          : undefined
      }
    >
      {durationWords(times.total.p50)}
    </Fact>
    <Fact
      label="Usual wait in the queue"
      note={
        times.wait.n > 0
          ? `95 % within ${durationWords(times.wait.p95)}`
          : undefined
      }
    >
      {durationWords(times.wait.p50)}
    </Fact>
  </>
);

/** Steps that runs failed in, each with the log that says why. */
export const Failures = ({ failures }: Pick<Went, 'failures'>) =>
  failures.length === 0 ? null : (
    <div>
      <b>Where creations fail</b>
      <ul className={shared.list}>
        {failures.map(step => (
          <li key={step.id}>
            <span>{step.name ?? 'Before the first step'}</span>
            <span>
              {count(step.failures, 'time')},{' '}
              <Link href={`/create/tasks/${step.taskId}`}>
                latest on {dayWords(step.at)}
              </Link>
            </span>
          </li>
        ))}
      </ul>
    </div>
  );
