import { asRecorded } from './asRecorded';

const environment = {
  gitHost: 'git.example.com',
  gitOwner: 'acme',
  gitUrl: 'https://git.example.com',
  portalUrl: 'https://portal.example.com',
};
const commit = 'a'.repeat(40);

describe('asRecorded', () => {
  it('takes commit and configuration from the record', () => {
    const step = (id: string, values: unknown) => ({
      id: 'render',
      action: 'fetch:template',
      if: '${{ parameters.database !== false }}',
      input: { url: './skeleton', values: { id, values } },
    });
    const origin = { id: 'first', action: 'waymark:template:origin' };
    const template = (...values: string[]) => ({
      kind: 'Template',
      spec: {
        type: 'service',
        steps: [origin, step('waymark.gitHost', values)],
      },
    });
    const recorded = asRecorded(
      template(
        '${{ waymark.gitUrl }}/${{waymark.gitOwner}}',
        "${{ steps.first.output.commit }} ${{ steps['first'].output.commit }}",
        '${{ waymark.templateCommit | dump }}',
        '${{ steps.first.output.version }}',
        '${{ steps.other.output.commit }} ${{ a.waymark.gitUrl }}',
        'waymark.gitUrl ${{ waymark.constructor }}',
      ),
      { commit, environment },
    );
    expect(recorded).toEqual(
      template(
        '${{ "https://git.example.com" }}/${{"acme"}}',
        `\${{ "${commit}" }} \${{ "${commit}" }}`,
        `\${{ "${commit}" | dump }}`,
        '${{ steps.first.output.version }}',
        '${{ steps.other.output.commit }} ${{ a.waymark.gitUrl }}',
        'waymark.gitUrl ${{ waymark.constructor }}',
      ),
    );
  });
});
