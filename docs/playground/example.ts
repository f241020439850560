/** A report and its retelling; written for this page. */
export const EXAMPLE = [
  'The council voted on Monday to close the old bridge for repairs. Engineers found cracks in two of its pillars last week.\n' +
    'Traffic will be led over the ring road until the spring. The mayor called the closure "painful but necessary", and promised a ferry.\n' +
    'A first estimate puts the cost at 14 million euros, of which the state pays half.',
  'The old bridge is to be closed for repairs, the council decided on Monday. Last week engineers had found cracks in two pillars.\n' +
    'Until spring, traffic is led over the ring road. The mayor spoke of a "painful but necessary" closure and announced a ferry.\n' +
    'Shopkeepers on both banks fear for the Christmas trade.',
] as const;
