/** Harbourlight, a ferry and harbour operator of 420 people with an IT of 31: the story the sample workspace tells. */
import type { Objective } from '#lib/domain/organisation/objective.ts';
import type { Project } from '#lib/domain/organisation/project.ts';

export const sampleDepartments = [
  { id: 'infrastructure', name: 'Infrastructure', code: 'IT-210', parentId: 'root' },
  { id: 'applications', name: 'Applications', code: 'IT-220', parentId: 'root' },
  { id: 'workplace', name: 'Workplace', code: 'IT-230', parentId: 'root' },
  { id: 'security', name: 'Security', code: 'IT-240', parentId: 'root' },
  { id: 'office', name: 'IT office', code: 'IT-200', parentId: 'root' },
] as const;

export const sampleObjectives: readonly Objective[] = [
  { id: 'run-share', name: 'Run costs at most 62 % of spend', metric: 'run share', target: '62 %', due: null },
  { id: 'cloud-unit', name: 'Cloud cost per sailing down 10 %', metric: 'EUR per sailing', target: '-10 %', due: null },
  { id: 'close-days', name: 'Close the month in 4 days', metric: 'working days', target: '4', due: null },
];

export const sampleProjects: readonly Project[] = [
  { id: 'ticketing', name: 'Ticketing renewal', code: 'P-01', objectiveId: 'run-share', closed: false },
  { id: 'quay-wifi', name: 'Quay Wi-Fi', code: 'P-02', objectiveId: null, closed: false },
  { id: 'cloud-exit', name: 'Data centre exit', code: 'P-03', objectiveId: 'cloud-unit', closed: false },
  { id: 'zero-trust', name: 'Zero trust access', code: 'P-04', objectiveId: null, closed: false },
];

/** How a line's year is shaped: even, yearly renewal in a month (1 to 12), quarterly, growing by a share a month. */
export type Shape = 'even' | 'quarterly' | { readonly renewal: number } | { readonly growth: number };

export interface SampleLine {
  readonly name: string;
  /** Category by its name in the default tree. */
  readonly category: string;
  readonly department: (typeof sampleDepartments)[number]['id'];
  readonly vendor: string;
  /** Plan for the whole year, in thousands of the line's currency. */
  readonly thousands: number;
  readonly currency: 'EUR' | 'USD' | 'GBP';
  readonly shape: Shape;
  readonly purpose: 'run' | 'grow' | 'transform';
  readonly spend?: 'capex';
  readonly project?: string;
  /** Actual over plan from a month of the year on, e.g. the cloud bill that breaks away in March. */
  readonly drift?: { readonly fromMonth: number; readonly factor: number };
}

type Row = readonly [
  name: string,
  category: string,
  department: SampleLine['department'],
  vendor: string,
  thousands: number,
  currency: SampleLine['currency'],
  shape: Shape,
  purpose: SampleLine['purpose'],
  more?: Partial<Pick<SampleLine, 'spend' | 'project' | 'drift'>>,
];

const rows: readonly Row[] = [
  [
    'Cloud hosting',
    'Cloud',
    'infrastructure',
    'Contoso Cloud',
    1180,
    'USD',
    { growth: 0.012 },
    'run',
    { drift: { fromMonth: 3, factor: 1.19 } },
  ],
  ['Object storage', 'Cloud', 'infrastructure', 'Contoso Cloud', 96, 'USD', { growth: 0.01 }, 'run'],
  ['Backup in the cloud', 'Cloud', 'infrastructure', 'Coldhold Backup', 54, 'EUR', 'even', 'run'],
  ['Content delivery', 'Cloud', 'infrastructure', 'Swiftedge', 38, 'USD', 'even', 'run'],
  ['Data platform', 'Cloud', 'applications', 'Lakeview Data', 172, 'USD', { growth: 0.02 }, 'grow'],
  ['Data centre lease', 'Facilities & power', 'infrastructure', 'Dockside Colocation', 504, 'EUR', 'even', 'run'],
  ['Data centre power', 'Facilities & power', 'infrastructure', 'Nordkraft Energie', 148, 'EUR', 'quarterly', 'run'],
  [
    'Data centre exit',
    'Contractors',
    'infrastructure',
    'Brightwater Consulting',
    220,
    'EUR',
    'even',
    'transform',
    { project: 'cloud-exit' },
  ],
  [
    'Core switches',
    'Network equipment',
    'infrastructure',
    'Northwind IT Supply',
    84,
    'EUR',
    { renewal: 5 },
    'run',
    { spend: 'capex' },
  ],
  [
    'Firewalls',
    'Network equipment',
    'security',
    'Northwind IT Supply',
    62,
    'EUR',
    { renewal: 9 },
    'run',
    { spend: 'capex' },
  ],
  [
    'Servers',
    'Servers & storage',
    'infrastructure',
    'Granite Systems',
    60,
    'EUR',
    { renewal: 6 },
    'run',
    { spend: 'capex' },
  ],
  ['Server maintenance', 'Hardware maintenance', 'infrastructure', 'Granite Systems', 48, 'EUR', 'quarterly', 'run'],
  ['Network maintenance', 'Hardware maintenance', 'infrastructure', 'Lumen Networks', 57, 'EUR', 'quarterly', 'run'],
  [
    'Storage array maintenance',
    'Hardware maintenance',
    'infrastructure',
    'Granite Systems',
    39,
    'EUR',
    { renewal: 3 },
    'run',
  ],
  ['Printer maintenance', 'Hardware maintenance', 'workplace', 'Inkwell Services', 26, 'EUR', 'quarterly', 'run'],
  ['Wide area network', 'Telecom', 'infrastructure', 'Lumen Networks', 236, 'EUR', 'even', 'run'],
  [
    'Ship satellite links',
    'Telecom',
    'infrastructure',
    'Skyreach Marine',
    318,
    'USD',
    'even',
    'run',
    { drift: { fromMonth: 6, factor: 1.07 } },
  ],
  [
    'Mobile telephony',
    'Telecom',
    'workplace',
    'Telvia',
    118,
    'EUR',
    'even',
    'run',
    { drift: { fromMonth: 1, factor: 0.93 } },
  ],
  ['Fixed telephony', 'Telecom', 'workplace', 'Telvia', 42, 'EUR', 'even', 'run'],
  ['Quay Wi-Fi', 'Telecom', 'infrastructure', 'Lumen Networks', 74, 'EUR', 'even', 'grow', { project: 'quay-wifi' }],
  ['CRM', 'Subscriptions (SaaS)', 'applications', 'Zephyr SaaS', 214, 'EUR', { renewal: 1 }, 'run'],
  ['Booking platform', 'Subscriptions (SaaS)', 'applications', 'Ferryline Software', 388, 'GBP', 'even', 'run'],
  ['Crew rostering', 'Subscriptions (SaaS)', 'applications', 'Shiftwise', 96, 'EUR', 'even', 'run'],
  ['Project tool A', 'Subscriptions (SaaS)', 'applications', 'Taskmill', 31, 'USD', 'even', 'run'],
  ['Project tool B', 'Subscriptions (SaaS)', 'office', 'Boardwise', 27, 'USD', 'even', 'run'],
  ['Design seats', 'Subscriptions (SaaS)', 'applications', 'Pencraft', 44, 'USD', 'even', 'run'],
  ['Office suite', 'Subscriptions (SaaS)', 'workplace', 'Officeware', 186, 'EUR', 'even', 'run'],
  ['Service desk', 'Subscriptions (SaaS)', 'workplace', 'Deskline', 58, 'EUR', 'even', 'run'],
  ['Code hosting', 'Subscriptions (SaaS)', 'applications', 'Branchwork', 22, 'USD', 'even', 'grow'],
  ['Monitoring', 'Subscriptions (SaaS)', 'infrastructure', 'Lighthouse Metrics', 76, 'USD', { growth: 0.015 }, 'run'],
  ['E-signature', 'Subscriptions (SaaS)', 'office', 'Signfast', 14, 'EUR', 'even', 'run'],
  ['Learning platform', 'Subscriptions (SaaS)', 'office', 'Learnwell', 19, 'EUR', { renewal: 4 }, 'run'],
  ['Passenger information', 'Subscriptions (SaaS)', 'applications', 'Quayview', 66, 'EUR', 'even', 'grow'],
  ['ERP licences', 'Licences', 'applications', 'Corvia ERP', 342, 'EUR', { renewal: 1 }, 'run'],
  ['ERP maintenance', 'Software maintenance', 'applications', 'Corvia ERP', 71, 'EUR', { renewal: 4 }, 'run'],
  ['Database licences', 'Licences', 'infrastructure', 'Databasis', 128, 'USD', { renewal: 6 }, 'run'],
  [
    'Virtualisation licences',
    'Licences',
    'infrastructure',
    'Hyperstack',
    94,
    'EUR',
    { renewal: 10 },
    'run',
    { drift: { fromMonth: 10, factor: 1.18 } },
  ],
  ['Harbour mapping', 'Licences', 'applications', 'Chartline', 36, 'EUR', { renewal: 2 }, 'run'],
  ['CAD licences', 'Licences', 'applications', 'Draftline', 28, 'EUR', { renewal: 7 }, 'run'],
  ['Mainframe emulator', 'Software maintenance', 'applications', 'Oldbridge', 17, 'GBP', { renewal: 8 }, 'run'],
  ['Endpoint protection', 'Subscriptions (SaaS)', 'security', 'Bastion Security', 63, 'EUR', { renewal: 3 }, 'run'],
  ['Identity provider', 'Subscriptions (SaaS)', 'security', 'Keyring', 84, 'USD', 'even', 'run'],
  [
    'Zero trust access',
    'Subscriptions (SaaS)',
    'security',
    'Keyring',
    110,
    'USD',
    'even',
    'transform',
    { project: 'zero-trust' },
  ],
  ['Security operations', 'Managed services', 'security', 'Watchtower', 264, 'EUR', 'even', 'run'],
  ['Penetration tests', 'Consulting', 'security', 'Redfence', 46, 'EUR', 'quarterly', 'run'],
  ['Email security', 'Subscriptions (SaaS)', 'security', 'Bastion Security', 29, 'EUR', 'even', 'run'],
  ['Laptops', 'Devices', 'workplace', 'Northwind IT Supply', 168, 'EUR', 'quarterly', 'run', { spend: 'capex' }],
  [
    'Peripherals',
    'Devices',
    'workplace',
    'Northwind IT Supply',
    34,
    'EUR',
    'even',
    'run',
    { drift: { fromMonth: 5, factor: 1.22 } },
  ],
  ['Phones and tablets', 'Devices', 'workplace', 'Telvia', 52, 'EUR', 'quarterly', 'run'],
  ['Ticket machines', 'Hardware', 'applications', 'Farebox', 96, 'EUR', { renewal: 4 }, 'grow', { spend: 'capex' }],
  ['Service desk staff', 'Managed services', 'workplace', 'Helpline Partners', 312, 'EUR', 'even', 'run'],
  ['Database operations', 'Managed services', 'infrastructure', 'Databasis', 118, 'EUR', 'even', 'run'],
  [
    'Ticketing renewal',
    'Contractors',
    'applications',
    'Brightwater Consulting',
    410,
    'EUR',
    'even',
    'transform',
    { project: 'ticketing', drift: { fromMonth: 7, factor: 1.1 } },
  ],
  ['Integration work', 'Contractors', 'applications', 'Codeharbour', 144, 'EUR', 'even', 'grow'],
  [
    'Interim architect',
    'Contractors',
    'office',
    'Codeharbour',
    96,
    'EUR',
    'even',
    'run',
    { drift: { fromMonth: 1, factor: 0.82 } },
  ],
  ['Infrastructure team', 'Personnel', 'infrastructure', 'Payroll', 812, 'EUR', 'even', 'run'],
  ['Applications team', 'Personnel', 'applications', 'Payroll', 764, 'EUR', 'even', 'run'],
  ['Workplace team', 'Personnel', 'workplace', 'Payroll', 402, 'EUR', 'even', 'run'],
  [
    'Security team',
    'Personnel',
    'security',
    'Payroll',
    288,
    'EUR',
    'even',
    'run',
    { drift: { fromMonth: 4, factor: 0.9 } },
  ],
  ['IT management', 'Personnel', 'office', 'Payroll', 346, 'EUR', 'even', 'run'],
  ['Training', 'Training', 'office', 'Learnwell', 42, 'EUR', 'quarterly', 'run'],
  ['Travel', 'Other', 'office', 'Travelmate', 31, 'EUR', 'even', 'run'],
  ['Audit and advice', 'Consulting', 'office', 'Meridian Audit', 58, 'EUR', 'quarterly', 'run'],
  ['Recharge to port authority', 'Recharges', 'office', 'Port authority', 480, 'EUR', 'quarterly', 'run'],
];

export const sampleLines: readonly SampleLine[] = rows.map(
  ([name, category, department, vendor, thousands, currency, shape, purpose, more]) => ({
    name,
    category,
    department,
    vendor,
    thousands,
    currency,
    shape,
    purpose,
    ...more,
  }),
);
