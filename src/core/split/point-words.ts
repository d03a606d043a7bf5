/**
 * How much a word speaks for a new piece, by where it stands. Written by `npm run eval:pieces -- --write`, never by hand;
 * how: `points.ts`.
 */

/** What comes begins with the word. */
export const OPENING = `
  a 25, add 3, after 3, afterwards 3, all -3, alt 3, an -3, and 13, are 4, as 10, because -5, both -2, but -10, can 2,
  changelog 2, check 7, code -2, commas 3, could -2, cut -3, design -5, do 8, don't -2, draft -5, each -3, error -2,
  explain -2, find -2, first -4, fix 3, format -8, formats -3, from -2, get 2, go -3, harden -2, has -2, have 5, he -3,
  her 2, his -2, how -6, i'll -4, i'm -2, if 13, in -2, is 13, it -10, it's -9, its 4, keep -5, landmarks 3, last -2,
  leave -5, look 4, mark -5, minutes 5, must -3, name -2, need -4, new -3, no -6, nobody -3, nonces 2, not -3,
  nothing -4, now -3, oh 2, once 4, one -5, only -4, options -3, or -4, please -14, prepare -2, ps 2, put 6, readme 4,
  repair 6, review 6, run 2, say -7, second 3, send 7, separately 2, she -2, she's 2, should 2, so -16, somebody 4,
  something 3, spec -3, split 3, tell -2, that 12, the 4, then 4, there -2, there's 5, they -5, they're -2, turn -4,
  use -2, we -5, what -7, what's -3, whats 2, where -3, whether 5, which -6, while 3, why 6, with -9
`;

/** What comes begins with the two words. */
export const OPENING_PAIRS = `
  a list 3, also the 2, alt text 3, and the 3, can you -2, check the 2, could you -3, does it 2, fix the 4,
  from the -4, give me 4, have a 5, how do -2, i need -4, i'd like -2, if it 2, if it's 5, in the 2, is it 3, is the 7,
  it should -2, it's for -4, it's the -3, keep the -3, leave the -4, list what -2, look at 3, make it 2, oh and 2,
  please write -3, review the 2, run the 2, say which -3, send it 7, shorten the 2, so please 2, so that -2,
  tell us -2, the client -2, the other 4, the two -2, then a 3, use the -2, we need -3, what do -3, what should -2,
  what to -2, what we -3, what would -6, which is -2, with a -4, write a -6, write the 8
`;

/** The word stands in what comes. */
export const HOLDING = `
  1 -2, 150 2, 2 -2, 20 3, 2023 -4, 3 3, 30 -3, 4 -4, 40 -2, 60 -4, 600 -2, 8 -5, 80 2, 9 2, 900 2, a 6, about -2,
  abstract 8, actions 2, address -2, after -7, afterwards -3, again -3, all -5, allowed 4, already -3, also 17, an 7,
  and 15, another 3, answers -2, any -2, anything -2, api 2, app -3, approved 2, archive 5, are -12, argument -3,
  around -2, article 2, as -13, ask -3, asked -2, asks -3, at -2, attached -14, back -2, backup 6, bad 3, based 2,
  be 11, because -15, been -6, before -5, behaviour -2, behind -2, below -2, better 4, blocks -2, blog 2, board -6,
  boat 3, both 4, break -2, brief 3, broken 2, but -7, button -5, buttons 5, by -8, caching 5, calendar 2, call -6,
  calm 3, can 6, can't -6, capability 3, card 8, cards 2, case -2, categories 6, changelog 4, check 9, checklist 3,
  checks -2, choose 6, clear -4, code 4, colours 4, come -6, comes -4, commas -2, compare 3, compared 7, component 5,
  config -3, contrast 3, could 4, counts -5, cover 2, criterion -2, crop -3, csv 7, current -2, data -6, date -6,
  day -2, dead 6, description 2, descriptions 5, design -5, diagram 5, diff 2, different 2, director -2, do -2, doc -3,
  docs 4, docx 3, does 4, doesn't 2, doing 3, don't -6, done 4, dont -3, draft 4, each -7, easy 2, edit -4, editor -3,
  editors 2, end -7, ending -12, enough 2, error 5, escaping 2, estimate 3, even 3, events 2, example 2, exercise 2,
  existing 5, export -2, fails -3, failure -4, failures -2, field 5, fields -6, find 6, fit -3, five 2, fix 4, flow -2,
  folder -5, follow 3, footer 6, for 15, form 10, format -5, four 2, free -4, french 5, friday -2, from 3, german 3,
  glossary -4, go -6, goes 3, good 2, got -2, guide 10, half 2, hall -3, has -2, have -6, he -2, he's -2, head 2,
  headers 2, headings -3, help 2, her 7, him 2, hints 5, hire 4, home 6, honest -2, host 2, hour 3, hours -2, html 2,
  i'll -5, i'm -5, if 4, image 3, import 5, imports 2, in -3, incl -5, instead 3, into 8, intro 9, isn't -5, it 4,
  it's 2, item 3, items 4, its 3, itself 2, job 3, js 5, json 3, june -3, just -2, keep -6, keyboard 4, keys 2,
  kind -3, know -7, known 2, knows -3, label -2, labels 3, landmarks 3, language -7, last 6, later -4, lawyer -3,
  lead -2, leave -7, ledger -2, left -4, letter 3, level -3, levels -3, licences 6, limits -4, line 4, lines 9,
  link -2, linkedin 6, links -6, list 6, lists -3, little 3, log -5, logo 3, long 5, longer 3, look 9, looks 4,
  lost -5, main -3, make 4, many -3, map 2, mapping 4, march -2, mark -4, markdown -5, markup -2, match 3, may 2,
  me -2, members -3, mention 2, menu 5, mermaid 3, meta 3, middle -3, min -4, mind 4, minutes 8, missing -2, month -5,
  more 4, most -3, mr 3, museum -2, must -3, myself -4, name -4, need 3, needs 7, never -4, new -8, news -7,
  newsletter 3, next 3, night 2, nine -2, no -9, nobody -3, nonces 3, none -2, noon -4, not -8, note 2, notes 11,
  nothing -3, notice 4, now -12, number -7, numbers 2, of 5, off -2, offer -3, oh 2, ok 9, old 5, older 3, on 3,
  once 3, one -6, ones -4, only -7, opening -3, opinion 3, options -3, or -13, other 9, ought -2, our -8, out -5,
  output -2, own 2, owners -2, page 8, pages 2, paper 3, paragraph 6, parish 2, past -4, pattern 5, pay -2, pdf 4,
  people -4, per -2, phone -2, photo -2, picture 3, pictures 6, piece 2, plain -3, plan 9, please -9, plugin -5,
  point -5, poster 3, posts 4, pr 3, press 7, price 3, print 3, printer -3, programme -3, proper -5, proposal 7, ps 2,
  put 4, query 3, question 3, quote -2, read 2, readme 5, ready 5, real -2, red 2, redirects 7, refund 3, release 10,
  rename 3, repair 8, repaired 3, reply -2, repo 5, report 9, request 2, result 2, results 2, review 2, rewrite -2,
  right 5, risks -2, route 5, rules 3, runbook 5, said -2, same 7, saturday 6, say -6, saying 2, says -4, school -3,
  script 4, second 6, section -3, see -5, sense -2, separately 2, settings 7, share 2, she's 4, sheet -2, shop -2,
  short -3, shorten -2, should 13, show 5, shows 3, sign 6, since 4, size 6, sizes 12, slides 2, slow 5, small 3,
  so -15, some -3, somebody 12, someone 11, something 3, sorted -2, source -4, sources 2, spec -2, spelling -4,
  split 6, sql 6, staff -3, start 2, starts -2, statement 6, status 4, step 2, steps -3, store 4, story -5,
  straight -2, structure -2, study 2, style -3, subject 3, summary 2, swap -3, table 7, tables -3, take -3, takes 2,
  targets 2, tasks 2, tax 2, team -2, template 6, ten -2, terms 9, test -9, tests 3, text 4, texts 5, that 3, the 12,
  them 4, theme 2, then 9, there's 3, they -9, they're -2, thing 2, things -4, third 5, this -3, those 4, tickets 2,
  tidy 10, time -6, times -3, to 9, today -2, together -3, tone -4, topics 3, touch -2, transcript 2, tree 3,
  trustees -2, turn -2, twice -3, two 7, type 2, typos 4, under -2, understand 2, unit 3, up 4, update 9, us -5,
  variants 3, version 6, view -3, w -2, wait 3, waiting -2, want -4, wants -3, warm 3, was -3, we're 3, web -3,
  week -2, weeks -3, well -9, were -2, what -2, what's -6, whatever 2, where -6, whether 10, which 2, while 5, who 5,
  whole 7, why 3, wiki -3, will -6, with -2, won't 2, work -3, would -6, wp -2, write -3, writes -4, written 10,
  wrong -4, wrote -4, year -4, year's 4, yes 2, you -3, your -4, zip -6
`;

/** What stands right before ends in the word. */
export const CLOSING = `
  1 -3, 2 2, aa 2, advisories -4, again -4, agreed 2, approved 4, article 2, attached -8, be 5, below 4, brief -2,
  call 2, cards 4, check 5, checks 3, client -9, colours -3, columns 3, csv 5, date -4, dates -2, docx -8, domain 2,
  done -3, editors 3, end 2, export -2, failed 2, fix 6, fixed 2, folder -4, friday -3, good -2, guide 5, headings -3,
  here -3, him 2, hours -16, html 3, in -5, is 3, it 7, landmarks -3, leaflet 10, letter 3, lines -5, list 6, lists -3,
  long 2, mail 8, map 2, may -2, me -5, members 4, month -4, name -3, now -3, number 2, on -3, one 2, ones -5,
  options -3, out 5, page 4, pages 9, pdf 5, pictures -3, place -2, please 5, plugin 10, post 7, readable 3, ready 6,
  recommendation 3, report -5, risks 5, search 2, sheet 2, side -3, site -11, sizes -7, so 2, sources 7, space -2,
  spanish 4, spec 2, study 4, table 4, tags 2, tasks 3, template 6, theme 2, thing -2, this -2, through -2, title -4,
  today -3, together -5, too 3, twice -7, type -4, typos 6, version 6, voice 3, web 4, week -7, well -2, what 3, why 2,
  words -3, year -2, yet -3
`;
