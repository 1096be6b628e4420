import { Link } from '@backstage/ui';
import { Finding } from '@waymark/backstage-plugin-compliance-common';
import { fileUrl } from '../../data/fileUrl';
import styles from './Findings.module.css';

const Place = ({ file, line, folder }: Finding & { folder?: string }) => {
  const words = line === undefined ? file : `${file}:${line}`;
  const url = folder && fileUrl(folder, file!, line);
  return url ? (
    <Link
      href={url}
      target="_blank"
      rel="noopener noreferrer"
      variant="body-small"
    >
      {words}
    </Link>
  ) : (
    <code>{words}</code>
  );
};

/** Where a rule is broken: a message, the value, and the line of the file. */
export const Findings = (props: {
  findings: readonly Finding[];
  /** Folder that the files stand below, as an address. */
  folder?: string;
  /** How many are shown at most. */
  most?: number;
}) => {
  const { findings, folder, most = Infinity } = props;
  return (
    <ul className={styles.findings}>
      {findings.slice(0, most).map((finding, index) => (
        <li key={index}>
          <p>{finding.message}</p>
          {(finding.file || finding.value) && (
            <p className={styles.evidence}>
              {finding.file && <Place {...finding} folder={folder} />}
              {finding.value && (
                <span>
                  Value: <code>{finding.value}</code>
                </span>
              )}
            </p>
          )}
        </li>
      ))}
      {findings.length > most && (
        <li className={styles.more}>and {findings.length - most} more</li>
      )}
    </ul>
  );
};
