/** A report of a news agency, sentence by sentence. */
export const wire = [
  'Ferry services between Ardness and the island of Holm were suspended on Monday after a crack was discovered in the hull of the MV Saltire.',
  'The vessel, which carries up to 240 passengers, was inspected by divers on Sunday night when crew members reported an unusual vibration.',
  'Operator Northline said repairs could take as long as three weeks, because a replacement plate has to be shipped from Rotterdam.',
  'Around 1,900 people live on Holm and most of them depend on the crossing for food, medicine and work.',
  'Shop owner Morag Tulloch said her shelves would be empty by Thursday unless a relief boat was found.',
  'The island council has asked the coastguard to bring in supplies by helicopter in the meantime.',
  'A smaller boat, the Kestrel, will carry school pupils and hospital patients from Wednesday, weather permitting.',
  'Transport minister Alan Keir promised that stranded visitors would have their hotel bills paid.',
  'It is the fourth breakdown of the 31-year-old Saltire in two years, and unions have long demanded a new ship.',
  'A decision about a successor, expected to cost 18m pounds, was postponed in March for lack of money.',
];

/** The same told in other words. */
export const retold = [
  'People on Holm have been cut off from Ardness since Monday, when the MV Saltire was taken out of service with a damaged hull.',
  'Her crew had felt the ship shudder in a strange way, and on Sunday evening divers went down to look at the boat, which has room for 240 travellers.',
  'A new steel plate must come from Rotterdam, and so Northline, the firm that runs the link, fears it will need three weeks to mend her.',
  'Nearly all of the 1,900 islanders rely on the ferry to get to their jobs and to be supplied with groceries and drugs.',
  'By Thursday there will be nothing left to sell, warned Morag Tulloch, who keeps a store, if no other vessel turns up.',
  'Until then councillors want helicopters of the coastguard to fly in what is needed.',
  'If the sea allows it, children on their way to class and the sick will be taken over by the little Kestrel starting on Wednesday.',
  'Tourists who cannot get home need not pay for their rooms, according to Alan Keir, the minister responsible for transport.',
  'The Saltire is 31 years old and has now failed four times within two years; workers have been calling for another one for ages.',
  'Because funds were short, the choice of her replacement, which would come to 18m pounds, was put off in March.',
];
