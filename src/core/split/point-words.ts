/**
 * How much a word speaks for a new piece, by where it stands. Written by `npm run eval:pieces -- --write`, never by hand;
 * how: `points.ts`.
 */

/** What comes begins with the word. */
export const OPENING = `
  a 20, add 4, afterwards 4, all -4, also 4, alt 6, and 9, are 4, as 9, because -3, before -2, build 3, but -8, can 3,
  changelog 3, check 2, commas 2, compare -2, could -2, description 2, design -3, do 9, document 2, does 3, don't -2,
  draft -6, draw 2, each -3, explain -2, find -4, first -6, for -2, format -10, formats -2, friendly -3, from -3,
  go -2, half 2, harden -3, have 6, he -2, his -3, how -2, if 19, in 2, is 14, it -8, it's -3, keep -11, leave -3,
  look -3, map 3, mark -9, merge 2, meta 2, minutes 2, names -2, need -4, new -3, next -3, no -6, nobody -3, not -5,
  nothing -3, now -2, oh 4, on -2, once 4, one -5, only -2, options -3, or -2, our -3, please -12, prepare 4, put 3,
  reading 2, readme 5, release 6, review 3, say -9, second 2, send 10, should 5, since 2, so -14, something 3, spec -2,
  tell -2, that 7, the 2, then 6, there -3, there's 2, they -3, they're -2, two -2, typos 5, we -4, what -6, where -2,
  whether 3, which -4, while 4, why 4, with -11
`;

/** What comes begins with the two words. */
export const OPENING_PAIRS = `
  also the 3, alt text 4, and the 4, check the 4, could you -3, draft the 3, find out -4, from the -3, give me 2,
  have a 4, how do -2, how to -2, i have -2, i need -4, i'd like -2, if it's 3, in the 2, is it 3, is the 5,
  it should -3, it's for -4, it's the -2, keep it -4, keep the -5, leave the -2, look at 3, make a 2, mark the -4,
  oh and 3, on the -2, put the 3, release notes 6, review the 2, say which -2, send it 10, shorten the 3, tell us -2,
  the client -5, the other 5, the two -2, then a 2, there are -2, we need -3, what should -4, what we -2,
  what would -4, which is -2, with a -5, with the -3, write a -8, write the 6
`;

/** The word stands in what comes. */
export const HOLDING = `
  0 2, 11 2, 150 2, 2 -5, 20 2, 200 2, 2023 -4, 3 4, 30 -5, 4 -3, 40 -2, 50 3, 500 -2, 60 -3, 8 -3, 9 -3, 90 -4, a 4,
  aa -2, abstract 3, actually 2, add 2, address -2, advisories 2, after -6, afterwards -7, again 2, agreed 3, all -9,
  allowed 4, already -4, also 20, alt 6, an 5, and 14, another 3, answer -3, anything -2, api 4, approved 2, archive 5,
  are -12, article 2, as -18, ask -2, asked -3, asking -2, asks -3, attached -11, back -3, backup 6, bad 3, be 5,
  because -18, been -4, before -7, better 2, between 3, bit -2, block 4, blog 4, board -4, boat 7, brand 2, break -2,
  brief 4, broken 3, build 4, but -7, buttons 5, by -11, caching 6, call -7, called -2, calm 3, can 3, can't -4,
  capability -4, card 7, categories 4, changelog 2, characters -2, check 6, checked 4, checklist 4, checks -5,
  choose 5, clear -2, client -3, closed -3, code 5, colours 4, columns -2, come -4, commas -3, complain -2,
  component 6, config -4, could 7, council -2, course -2, cover 4, csv 6, cut 4, data -6, date -7, days -3, dead 3,
  decide 2, description 2, descriptions 4, design -5, did -2, different 2, director -2, docs 6, document 3, docx 3,
  does 8, doesn't 5, doing 3, domain -3, don't -5, done 7, dont -2, draft 4, drop -2, each -6, easy 3, edit -5,
  editor -3, editors 2, end -4, ending -10, enough 3, error 4, escaping 3, estimate 3, even 4, every -2, exactly 2,
  example 2, exercise 2, existing 6, export -2, extra 2, facebook 3, failure -2, field 5, fields -4, figures -2,
  file -3, files 3, find 7, fix -3, fixes 2, flow 2, focus 2, folder -4, follow 4, font 3, footer 4, for 11, form 8,
  format -7, french 8, friendly -2, from 2, full -2, german 3, give -2, glossary -2, good 4, grammar -2, group -5,
  guide 7, half 2, hall -2, hand -5, handling 2, happens 2, have -4, he -2, headers 3, headings -2, help 3, her 5,
  here -2, hints 5, hire 5, history 2, home 4, html 2, i 3, i'll -8, i'm -4, i've 2, if 7, image 3, imports 2, in -7,
  incl -5, instead 3, into 6, intro 9, isn't -4, it 3, items 5, its 2, itself 2, jargon -2, job 4, js 3, june -4,
  keep -10, keyboard 3, kind -2, kindly 2, know -3, language -7, last 5, later -4, lawyer -2, leaflet 3, leave -5,
  ledger -3, left -4, lesson 3, letter 2, level -2, licence -4, licences 3, like -4, limits -5, line 3, lines 9,
  link -2, linkedin 5, links -14, list 2, little 5, log -8, logo 3, long 2, longer 4, look 5, looks 3, lost -3, made 4,
  main -3, make 4, many -3, map -2, mapping 4, march -2, mark -9, markdown -11, match 7, members -5, mention 2, menu 8,
  merge 2, mermaid 3, message 3, meta 2, middle -7, min -4, mind 3, minutes 2, missing -2, month -6, more 4, museum -3,
  must -5, my 3, name -3, need 4, needs 6, new -7, news -6, newsletter 2, night 2, no -10, nobody -5, nonces 2,
  none -2, noon -2, not -6, note 3, notes 9, nothing -2, notice 5, now -8, number -3, of 2, off -2, oh 4, ok 3, old 5,
  older 3, on 2, once 6, one -4, ones -3, online -3, only -7, open -2, opening -2, opinion 2, options -4, or -8,
  order 4, other 9, ought 2, our -4, out -8, outline -3, own 5, page 8, paper 4, paragraph 5, parents -2, pass 5,
  past -5, pattern 3, pay -2, pdf 5, people -8, per -5, phone -4, phones 2, photo 3, pick 3, picker -3, picture 3,
  pictures 9, piece 4, plain -3, plan 9, please -9, pls 5, plugin -2, point -5, post 5, poster 4, posts 5, pr -2,
  prepare 4, press 4, price 3, printer -3, product -4, programme -2, proper -4, proposal 9, publish -2, put -2,
  question 3, quote -3, readable -2, reader 2, reading 3, real -2, red 2, redirects 6, release 11, rename 2, repair 2,
  repaired 2, reply -2, repo 3, report 9, result 2, retry -2, review 5, rewrite -3, right 7, risks -3, roll 3, route 4,
  rules 4, safe 2, same 11, saturday 5, say -8, saying 2, says -2, school -4, script 3, search -2, second 6,
  section -3, see -3, send 5, sentences -2, set 2, settings 2, short -4, should 12, show 5, side -3, sign 8, since 3,
  site 4, size 4, sizes 10, slow 2, small 3, so -15, some -2, somebody 7, someone 3, something 5, source -6, spec -2,
  split 4, sql 4, staff -4, start 3, statement 6, status -3, stays -3, step 3, still -3, stock 3, store 2, story -5,
  structure -5, style -2, subject 5, sunday 2, swap -2, switch -2, table 5, tables -3, tags 2, take -2, takes 3,
  target -2, tasks 5, tax 2, team -2, teaser -2, template 7, ten -4, terms 11, test -11, tests 6, text 5, texts 4,
  that 4, the 12, their 3, them 3, then 10, there 4, they -8, they're -3, thing 4, things -3, third 2, this -3,
  those 10, ticket 2, tidy 8, time -5, times -2, title 4, to 6, together -3, too 7, top 2, topics 2, touch -2,
  trace -3, transcript 3, tree 5, twice -2, two 6, typos 5, under -5, understand 3, unit 2, up 8, update 2, urls -4,
  us -6, use 3, variants 2, version 4, view -2, w -6, wait 3, waiting -2, want -5, warm 3, was -3, way -2, we'd -2,
  we're 4, web -4, well -10, were -2, what -5, what's -7, when -2, where -3, whether 7, which -2, while 7, who 3,
  whoever 3, whole 4, wiki -3, will -8, with -2, won't 2, word 4, wording -3, work -5, works 2, would -2, wp -2,
  writes -5, written 11, wrong -8, wrote -3, year -4, year's 5, yes 3, yet 2, you -7, your -4, zip -4
`;

/** What stands right before ends in the word. */
export const CLOSING = `
  1 -2, aa 2, again -5, agreed 2, all 2, anything -2, approved 4, are -2, article 2, be 4, below 3, booking 5,
  brief -3, call 3, card 2, cards 3, cause 2, changelog -2, characters -2, check 5, client -5, colours -2, columns 3,
  contrast -2, csv 5, date -4, day 2, docx -5, done -2, editors 2, end 3, english 2, enough 3, event -3, export -5,
  failed 2, fields 2, first 2, fix 5, folder -4, friday -2, hand -3, handled -2, headings -8, here -2, him 2,
  hours -19, html 2, in -5, intro -5, is 2, issue 7, it 8, keyboard -2, know 3, landmarks -2, language 2, leaflet 9,
  letter 6, lines -6, list 6, log -2, mail 6, max -2, may -2, me -2, members 2, monday -2, month -3, nonces -2, now -5,
  number -3, off -2, ok 5, on 2, once -2, one 3, ones -6, options -4, out 5, outline -4, page 2, pages 7, pdf 7,
  person 7, phone -3, php 4, pictures -4, place -2, plan 2, please 5, plugin 7, post 11, readable 2, ready 6,
  records 6, release 2, report -11, risks 7, screens -3, side -2, site -11, sizes -5, so 3, sources 8, spanish 4,
  spec 2, statement 5, step 2, study 4, table 3, tags 2, tasks 2, template 3, tense 2, text 3, theme -2, this -2,
  through -3, time -2, title -3, today -6, together -3, twice -3, type -2, typos 5, us -3, use -4, version 5, web 8,
  week -6, what 5, why -2, words -4
`;
