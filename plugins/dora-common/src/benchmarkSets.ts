import type { BenchmarkRange, BenchmarkSet } from './benchmarks';

const HOUR = 3600;
const DAY = 24 * HOUR;
const WEEK = 7 * DAY;
const MONTH = 30 * DAY;
const HALF_YEAR = 182 * DAY;

const onDemand: BenchmarkRange = {
  text: 'On demand (multiple deploys per day)',
  from: 1,
};
const dailyToWeekly: BenchmarkRange = {
  text: 'Between once per day and once per week',
  from: 1 / 7,
  to: 1,
};
const weeklyToMonthly: BenchmarkRange = {
  text: 'Between once per week and once per month',
  from: 1 / 30,
  to: 1 / 7,
};
const monthlyToHalfYearly: BenchmarkRange = {
  text: 'Between once per month and once every six months',
  from: 1 / 182,
  to: 1 / 30,
};
const rarer: BenchmarkRange = {
  text: 'Fewer than once per six months',
  to: 1 / 182,
};

const lessThanAnHour: BenchmarkRange = { text: 'Less than one hour', to: HOUR };
const lessThanADay: BenchmarkRange = { text: 'Less than one day', to: DAY };
const dayToWeek: BenchmarkRange = {
  text: 'Between one day and one week',
  from: DAY,
  to: WEEK,
};
const weekToMonth: BenchmarkRange = {
  text: 'Between one week and one month',
  from: WEEK,
  to: MONTH,
};
const monthToHalfYear: BenchmarkRange = {
  text: 'Between one month and six months',
  from: MONTH,
  to: HALF_YEAR,
};
const longer: BenchmarkRange = {
  text: 'More than six months',
  from: HALF_YEAR,
};

const shares = (text: string, from: number, to: number): BenchmarkRange => ({
  text,
  from,
  to,
});
const share = (value: number): BenchmarkRange =>
  shares(`${Math.round(value * 100)} %`, value, value);

const upTo15 = shares('0 % to 15 %', 0, 0.16);
const upTo30 = shares('16 % to 30 %', 0.16, 0.31);

const RESTORE =
  'The time is that to restore service after any incident, also one that no ' +
  'deployment caused: longer than a failed deployment recovery time.';

export const BENCHMARK_SETS: BenchmarkSet[] = [
  {
    year: 2025,
    report: 'State of AI-assisted Software Development 2025',
    source: 'https://dora.dev/research/2025/dora-report/',
    readAt: [
      'https://redmonk.com/rstephens/?p=943',
      'https://dora.dev/insights/quickcheck-updates/',
    ],
    note:
      'No clusters of delivery performance: the report describes seven kinds of ' +
      'teams, by more than delivery, and how often each answer was given.',
    levels: [],
  },
  {
    year: 2024,
    report: 'Accelerate State of DevOps Report 2024',
    source: 'https://dora.dev/research/2024/dora-report/',
    readAt: ['https://octopus.com/blog/2024-devops-performance-clusters'],
    note:
      'The high cluster deploys more often than the medium one and fails more ' +
      'often. The report introduces the rework rate and gives no cluster for it.',
    levels: [
      {
        name: 'elite',
        deploymentFrequency: onDemand,
        leadTime: lessThanADay,
        recoveryTime: lessThanAnHour,
        changeFailRate: share(0.05),
      },
      {
        name: 'high',
        deploymentFrequency: dailyToWeekly,
        leadTime: dayToWeek,
        recoveryTime: lessThanADay,
        changeFailRate: share(0.2),
      },
      {
        name: 'medium',
        deploymentFrequency: weeklyToMonthly,
        leadTime: weekToMonth,
        recoveryTime: lessThanADay,
        changeFailRate: share(0.1),
      },
      {
        name: 'low',
        deploymentFrequency: monthlyToHalfYearly,
        leadTime: monthToHalfYear,
        recoveryTime: weekToMonth,
        changeFailRate: share(0.4),
      },
    ],
  },
  {
    year: 2023,
    report: 'Accelerate State of DevOps Report 2023',
    source: 'https://dora.dev/research/2023/dora-report/',
    readAt: [
      'https://octopus.com/blog/software-delivery-performance-clusters-2023',
    ],
    note:
      'The first with failed deployment recovery time, and with a number for ' +
      'the change fail rate in place of a range.',
    levels: [
      {
        name: 'elite',
        deploymentFrequency: onDemand,
        leadTime: lessThanADay,
        recoveryTime: lessThanAnHour,
        changeFailRate: share(0.05),
      },
      {
        name: 'high',
        deploymentFrequency: dailyToWeekly,
        leadTime: dayToWeek,
        recoveryTime: lessThanADay,
        changeFailRate: share(0.1),
      },
      {
        name: 'medium',
        deploymentFrequency: weeklyToMonthly,
        leadTime: weekToMonth,
        recoveryTime: dayToWeek,
        changeFailRate: share(0.15),
      },
      {
        name: 'low',
        deploymentFrequency: weeklyToMonthly,
        leadTime: weekToMonth,
        recoveryTime: monthToHalfYear,
        changeFailRate: share(0.64),
      },
    ],
  },
  {
    year: 2022,
    report: 'Accelerate State of DevOps Report 2022',
    source: 'https://dora.dev/research/2022/dora-report/',
    readAt: ['https://octopus.com/blog/new-devops-performance-clusters'],
    note: `There was no elite cluster. ${RESTORE}`,
    levels: [
      {
        name: 'high',
        deploymentFrequency: onDemand,
        leadTime: dayToWeek,
        recoveryTime: lessThanADay,
        changeFailRate: upTo15,
      },
      {
        name: 'medium',
        deploymentFrequency: weeklyToMonthly,
        leadTime: weekToMonth,
        recoveryTime: dayToWeek,
        changeFailRate: upTo30,
      },
      {
        name: 'low',
        deploymentFrequency: monthlyToHalfYearly,
        leadTime: monthToHalfYear,
        recoveryTime: weekToMonth,
        changeFailRate: shares('46 % to 60 %', 0.46, 0.61),
      },
    ],
  },
  {
    year: 2021,
    report: 'Accelerate State of DevOps Report 2021',
    source: 'https://dora.dev/research/2021/dora-report/',
    readAt: [
      'https://octopus.com/blog/new-devops-performance-clusters',
      'https://devlake.apache.org/docs/Metrics/LeadTimeForChanges',
    ],
    note: `Three clusters share one range of the change fail rate. ${RESTORE}`,
    levels: [
      {
        name: 'elite',
        deploymentFrequency: onDemand,
        leadTime: lessThanAnHour,
        recoveryTime: lessThanAnHour,
        changeFailRate: upTo15,
      },
      {
        name: 'high',
        deploymentFrequency: weeklyToMonthly,
        leadTime: dayToWeek,
        recoveryTime: lessThanADay,
        changeFailRate: upTo30,
      },
      {
        name: 'medium',
        deploymentFrequency: monthlyToHalfYearly,
        leadTime: monthToHalfYear,
        recoveryTime: dayToWeek,
        changeFailRate: upTo30,
      },
      {
        name: 'low',
        deploymentFrequency: rarer,
        leadTime: longer,
        recoveryTime: longer,
        changeFailRate: upTo30,
      },
    ],
  },
];
