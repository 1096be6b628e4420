import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import {
  Path,
  Place,
  placeInTemplate,
  placeOf,
  placeOfField,
  YamlFile,
} from '@waymark/backstage-plugin-compliance-node';

/** What Helm has made of a chart for one environment. */
export class Release {
  private constructor(
    /** `staging`, as its values file is called. */
    readonly environment: string,
    /** Where the manifests are. */
    readonly manifests: string,
    private readonly folder: string,
    /** The chart, below the folder. */
    readonly chart: string,
    private readonly values: YamlFile[],
  ) {}

  /**
   * @param folder - holds the chart as `chart`, unless said
   * @param valuesFile - below the folder, such as `chart/env/staging.yaml`
   */
  static of(
    folder: string,
    valuesFile: string,
    scratch: string,
    chart = 'chart',
  ): Release {
    const environment = environmentOf(valuesFile);
    const values = [valuesFile, `${chart}/values.yaml`]
      .filter(file => existsSync(join(folder, file)))
      .map(file => ({ file, text: readFileSync(join(folder, file), 'utf8') }));
    const manifests = join(scratch, `${environment}.yaml`);
    return new Release(environment, manifests, folder, chart, values);
  }

  /** The line of a value, whose chart is a dependency or the chart itself. */
  placeOfValue(path: Path): Place {
    return placeOf(this.values, path);
  }

  /**
   * The line to change for a field of a manifest: in the chart's own template
   * that wrote it, or else in the values.
   */
  placeOfField(kind: string, name: string, path: Path): Place {
    const template = this.templateOf(kind, name);
    if (!template) return placeOfField(this.values, path);
    const text = readFileSync(join(this.folder, template), 'utf8');
    return placeInTemplate({ file: template, text }, path);
  }

  /** The chart's own template of an object; none for a dependency's. */
  private templateOf(kind: string, name: string): string | undefined {
    const documents = readFileSync(this.manifests, 'utf8').split(/^---$/m);
    const source = documents
      .filter(
        document =>
          new RegExp(`^kind: "?${kind}"?$`, 'm').test(document) &&
          new RegExp(`^  name: ["']?${name}["']?$`, 'm').test(document),
      )
      .map(document => /^# Source: [^/]+\/(.+)$/m.exec(document)?.[1])
      .find(Boolean);
    const file = `${this.chart}/${source}`;
    return source && existsSync(join(this.folder, file)) ? file : undefined;
  }
}

/** `staging` for `chart/env/staging.yaml`. */
export function environmentOf(valuesFile: string): string {
  return valuesFile.replace(/^.*\/|\.ya?ml$/g, '');
}
