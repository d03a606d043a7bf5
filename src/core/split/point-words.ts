/**
 * How much a word speaks for a new piece, by where it stands. Written by `npm run eval:pieces -- --write`, never by hand;
 * how: `points.ts`.
 */

/** What comes begins with the word. */
export const OPENING = `
  a 25, add 2, after 4, afterwards 4, all -3, alt 4, and 14, are 4, as 8, because -4, behaviour -2, both -2, but -11,
  can 2, changelog 2, check 8, commas 3, cut -2, design -4, do 8, don't -2, draft -5, each -2, explain -2, find -3,
  first -4, fix 2, format -8, formats -3, from -2, get 2, give 2, go -4, has -2, have 4, he -2, his -2, how -6,
  i'll -4, if 12, in -2, is 16, it -9, it's -9, its 4, keep -6, landmarks 3, leave -5, look 3, mark -4, minutes 5,
  must -3, name -3, need -5, new -3, no -6, nobody -3, nonces 2, not -2, nothing -3, now -3, once 5, one -6, only -4,
  options -3, or -5, please -14, put 6, readme 4, repair 5, review 5, run 2, same -2, say -6, second 4, send 8,
  separately 2, she -2, she's 2, should 3, so -16, somebody 3, something 3, spacing -2, spec -3, split 2, tell -2,
  that 12, the 3, then 4, there -2, there's 5, they -5, they're -2, turn -4, two -2, we -3, what -5, when -2, where -3,
  whether 5, which -6, while 3, why 5, with -12, write -2
`;

/** What comes begins with the two words. */
export const OPENING_PAIRS = `
  a list 2, also the 3, alt text 4, and the 3, can you -2, check the 3, could you -2, does it 2, fix the 5,
  from the -4, give me 4, have a 3, how do -2, i need -5, i'd like -2, if it 2, if it's 6, in the 2, is it 2, is the 8,
  it should -2, it's for -4, it's the -3, keep the -4, leave the -5, list what -2, look at 3, make it 2, on the -2,
  please write -3, put the 2, review the 2, run the 2, say which -3, send it 8, shorten the 2, so please 2, so that -2,
  tell us -2, the client -3, the other 4, then a 2, we need -2, what do -2, what to -2, what we -3, what would -5,
  which is -2, with a -5, write a -7, write the 6
`;

/** The word stands in what comes. */
export const HOLDING = `
  0 2, 1 -2, 2 -5, 20 3, 2023 -4, 3 4, 30 -2, 300 -2, 4 -4, 40 -3, 60 -4, 600 -2, 8 -4, 80 2, 900 2, a 5, about -5,
  abstract 7, address -2, after -6, afterwards -3, against -2, all -6, allowed 4, already -2, also 18, alt 2, an 7,
  and 15, another 3, answers -2, any -2, anything -2, api 2, approved 2, archive 5, are -11, argument -3, around -2,
  article 4, as -9, ask -2, asking -2, at -2, attached -13, back -2, backup 7, bad 3, based 2, be 11, because -17,
  been -6, before -5, behaviour -2, behind -3, below -2, better 2, block 2, blog 2, board -7, boat 4, both 3, box -2,
  break -3, brief 2, broken 2, but -8, button -5, buttons 5, by -7, caching 7, calendar 3, call -6, calm 3, can 7,
  can't -7, card 6, cards 2, categories 6, cause 2, changelog 4, check 8, checked 2, checklist 4, choose 6, clear -4,
  client -3, code 5, colours 3, come -6, comes -5, commas -2, compare 3, compared 8, component 5, config -3, could 5,
  council -2, counts -5, cover 2, criterion -2, crop -2, csv 6, cut 2, data -6, date -7, dates 2, day -3, days -2,
  dead 6, decide -2, description 2, descriptions 5, design -4, developers -2, diagram 6, diff 2, different 2, doc -2,
  docs 4, docx 4, does 4, doesn't 3, doing 3, don't -6, done 5, dont -3, draft 5, each -7, easy 2, edit -4, editor -3,
  else 2, end -5, ending -9, enough 3, error 6, escaping 3, estimate 3, even 3, event 2, every 3, exercise 2,
  existing 6, export -2, fails -2, failure -4, failures -2, field 5, fields -3, figures 2, files 3, find 6, fit -3,
  fix 5, flow -2, folder -6, follow 3, font 2, footer 5, for 13, form 10, format -5, free -2, french 5, from 4,
  full -2, german 3, glossary -4, go -6, good 4, got -2, guide 9, half 2, hall -3, harden -3, have -7, he -2,
  headers 3, headings -2, help 2, her 7, him 2, hints 4, hire 3, home 6, host 3, hour 3, hours -3, i'll -6, i'm -4,
  if 4, image 2, import 2, imports 2, incl -7, instead 4, into 9, intro 9, is -2, isn't -5, issue 2, it 4, it's 2,
  item 2, items 5, its 3, job 4, js 4, json 3, june -3, just -3, keep -6, keyboard 4, keys 3, kind -3, know -5,
  knows -3, labels 3, landmarks 3, language -7, last 4, later -4, lawyer -2, leaflet 2, leave -7, ledger -4, left -4,
  lesson 2, letter 2, level -2, levels -3, licences 6, like -3, limits -5, line 3, lines 9, linkedin 5, list 6,
  lists -3, little 4, live -2, log -6, logo 3, long 3, longer 3, look 9, looks 3, lost -5, mail -2, main -2, make 3,
  many -2, map 2, mapping 5, march -2, mark -4, markdown -4, markup -2, match 3, members -2, mention 3, menu 3,
  mermaid 3, message 2, meta 3, middle -3, mind 3, minutes 8, missing -3, month -5, more 3, most -3, mr 3, museum -2,
  must -4, myself -5, name -5, need 4, needs 9, never -2, new -7, news -7, newsletter 2, next 2, night 2, nine -2,
  no -11, nobody -4, nonces 2, none -3, noon -4, not -9, note 3, notes 11, nothing -3, notice 5, now -10, number -8,
  numbers 2, of 4, off -3, offer -2, ok 9, old 6, older 3, on 3, once 5, one -7, ones -4, only -7, opening -3,
  opinion 2, options -3, or -12, order 2, other 9, ought -2, our -8, out -6, over -3, own 2, owners -2, page 6,
  pages 3, paper 3, paragraph 6, parents -2, past -4, pattern 4, pdf 5, people -5, per -3, person 2, phone -3, pick -2,
  picture 3, pictures 6, piece 3, plain -3, plan 8, please -11, plugin -5, point -5, poster 4, posts 5, pr 3, press 9,
  price 4, print 3, printer -2, programme -2, proper -4, proposal 6, put 5, query 2, question 3, questions 2, quote -2,
  reader 3, readme 6, reads -2, ready 4, records 2, red 2, redirects 7, refund 3, release 10, rename 3, repair 7,
  repaired 3, reply -2, repo 4, report 8, request 2, result 2, results 2, review 3, rewrite -2, right 5, risks -3,
  route 5, rules 3, run 2, runbook 2, runs -2, same 8, saturday 6, say -5, says -4, school -3, screen 2, script 2,
  second 6, see -6, sense -2, sensible -2, separately 2, set 2, settings 7, she -3, she's 4, sheet -2, shop -2,
  shorten -2, should 10, show 5, shows 2, sign 7, since 2, size 5, sizes 11, slow 5, small 5, so -12, some -3,
  somebody 13, someone 9, something 3, sorted -2, source -3, spec -3, spelling -3, split 5, sql 5, staff -4, start 2,
  starts -2, statement 6, status 3, stays -2, step 2, steps -6, still -2, store 4, story -5, straight -3, structure -2,
  study 4, style -2, subject 2, suggest -2, summary 3, swap -2, table 5, tables -3, tags -2, take -3, tasks 3, tax 3,
  teaser 2, template 5, ten -3, terms 8, tests 5, text 4, texts 6, that 3, the 10, them 3, theme 2, then 9, there -2,
  these -2, they -11, they're -2, things -4, third 4, this -3, those 4, tickets 2, tidy 11, till 3, time -7, times -2,
  title 2, to 9, together -2, tone -3, topics 6, touch -2, trace -2, transcript 3, tree 3, turn -2, twice -4, two 7,
  type 3, typos 5, under -3, understand 2, unit 3, up 3, update 7, us -5, variants 2, version 5, view -3, w -2, wait 3,
  waiting -3, want -2, wants -3, warm 3, was -3, we're 4, web -2, week -2, weeks -2, well -3, were -2, what -2,
  what's -5, whatever 2, where -5, whether 10, which 2, while 5, white -2, who 4, whole 4, why 3, wiki -2, will -6,
  won't 2, wording -2, work -4, would -5, write -4, writes -4, written 8, wrong -4, wrote -4, year -3, year's 5, yes 2,
  you -4, your -4, zip -4
`;

/** What stands right before ends in the word. */
export const CLOSING = `
  1 -2, advisories -3, again -4, agreed 3, all -2, approved 4, article 2, attached -8, be 5, below 4, brief -2, call 2,
  cards 4, check 4, checks 2, client -8, colours -3, columns 3, csv 4, date -4, dates -2, docx -7, done -2, each -2,
  editors 3, end 2, english 2, export -3, failed 3, fields 2, fix 5, fixed 2, folder -4, form -3, friday -3, good -2,
  guide 4, hand -2, headings -3, here -3, him 2, hours -6, html 2, in -5, is 4, it 7, landmarks -3, language 2,
  leaflet 9, letter 5, lines -5, list 6, lists -2, mail 8, map 2, may -2, me -6, members 4, month -4, name -2, notes 2,
  now -5, number 2, on -4, ones -4, options -4, out 7, page 2, pages 9, pdf 5, person 2, pictures -3, place -2,
  please 4, plugin 8, post 7, readable 3, ready 5, recommendation 3, report -6, risks 6, search 3, side -2, site -11,
  sizes -8, so 2, sources 6, space -2, spanish 4, step 2, study 4, table 3, tasks 2, template 5, them 2, theme 2,
  thing -3, this -2, through -3, title -4, today -3, together -3, too 4, twice -7, type -4, typos 6, version 5,
  voice 3, web 4, week -7, well -2, what 3, words -3, yet -2
`;
