export { cancelMeeting, changeMeeting, planMeeting } from './keep-meeting.ts'
export { checkMove, moveMeeting, undoMove } from './move-meeting.ts'
export { answerMeeting, exportMeeting, listMeetings } from './show-meetings.ts'
export { endFeed, makeFeed, showFeed, showSeason, writeFeed } from './show-season.ts'
