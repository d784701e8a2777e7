export { cancelMeeting, changeMeeting, planMeeting } from './keep-meeting.ts'
export { answerMeeting, exportMeeting, listMeetings } from './show-meetings.ts'
