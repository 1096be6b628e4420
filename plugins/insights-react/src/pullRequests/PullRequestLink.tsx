import { Link } from '@backstage/ui';

/** `Pull request #12`, as far as the address says. */
export function pullRequestName(url: string): string {
  const [, number] = /\/(\d+)\/?$/.exec(url) ?? [];
  return number ? `Pull request #${number}` : 'The pull request';
}

/** Leads to a pull request on its Git host, in a tab of its own. */
export const PullRequestLink = ({ url }: { url: string }) => (
  <Link href={url} target="_blank" rel="noopener noreferrer">
    {pullRequestName(url)}
  </Link>
);
