import { folded } from '../../../shared/text.ts';

const names = new Set(
  (
    'aaron abby abdul abel abigail adam adele adrian agnes ahmed aisha akira alan albert alejandra alejandro alena alessandro alessia alex alexander alexandra alfred ali alice alicia ' +
    'alima alina alison amanda amara amelia amina amir amit amy ana anastasia anders andre andrea andreas andrei andrew andy anette angela anil anita anja anjali ann anna anne annika anton ' +
    'antonia antonio anya arjun arne arthur arun asha ashley astrid avi ayesha barbara beatrice beatriz ben benedikt benjamin bernard bernd bert bianca bjorn boris brian brigitte bruna ' +
    'bruno caio camila camille carina carla carlos carmen carol carolina caroline catherine cecilia charles charlotte chen chiara chloe chris christian christina christine christopher ' +
    'clara claudia claire clement colin connor craig cristina dan daniel daniela danny dario dave david deborah deepak denis dennis derek diana diego dieter dimitri dirk dmitri dominik ' +
    'donald donna dov dylan edgar edith eduardo edward ekaterina elena eleanor eli elias elif elisa elisabeth elizabeth ella ellen emanuel emil emilia emily emma emre enrique eric erica ' +
    'erik erika erin ernst esra esther ethan eugene eva evan evelyn fabian fabio fatima felipe felix fernanda fernando filip fiona florian francesca francesco francisco francois franz ' +
    'frederik frida friedrich fritz gabriel gabriela gareth gary geoff george gerard gerhard gina giorgio giovanni giulia greg gregor greta guido guillaume gunter gustavo hans hannah ' +
    'hannes harald harry hassan heather hector heidi heike helen helena helga helmut hendrik henri henrik henrike henry hiroshi holger hugo ian ibrahim igor ilse imke ines inga ingrid ' +
    'irene irina isabel isabella ivan ivo jacob jacqueline jakob jakub james jamie jana jane janet jason javier jean jeff jenny jens jeremy jessica jill jim jo joan joanna joao joel ' +
    'joachim johan johanna johannes john jon jonas jonathan jorge jose josef joseph joshua juan judith julian julie julien juliana jun jurgen justin kai karen karim karin karl karla ' +
    'karsten kate katharina katherine kathrin katja keiko keith kelly ken kenji kevin kim kirsten klaus konrad kristina kumar kurt kyle lara larissa larry lars laura lauren lea leah lee ' +
    'leila lena leo leon leonie leticia liam lidia lily lina linda lisa lorenzo lou louis louise luca lucas lucia lucie lucy luis luisa luiz lukas luke lydia mads maggie magnus malik ' +
    'manuel manuela mara marc marcel marcelo marco marcos marcus margaret maria mariana marie marina mario marion marius markus marta martha martin martina mateo matteo matthew matthias ' +
    'maurice mauricio megan mei mehmet mehdi mia michael michel michelle miguel mika mike mikhail mila milan minh mira miriam mohamed mohammed moritz mustafa nadia nadine naomi natalia ' +
    'natalie nathan neha neil nicolas nicole niels niklas nikita nikolai nils nina nisha noah noel nora norbert olaf oleg olga oliver olivia omar oskar osman otto pablo paola paolo ' +
    'patricia patrick paul paula paulo pavel pedro peter petra philip philipp philippe pia piotr pierre priya rachel rafael rahul raj rajesh ralf ramon raphael raquel raul ravi rebecca ' +
    'renata renate ricardo richard rick rita robert roberto robin rodrigo roger rohan roland roman ronald rosa rosie rui rudolf ruth ryan sabine sabrina samir samuel sandeep sandra sanjay ' +
    'santiago sara sarah sascha satoshi scott sean sebastian selma serena sergei sergio shannon sharon sheila silke silvia simon simone sofia sonia sophia sophie stefan stefanie stefano ' +
    'stephan stephanie stephen steve steven stuart sunita susan susanne svenja sven sylvia takeshi tamara tanja tania tara tatiana ted teresa theo theresa thiago thomas tim timo timothy ' +
    'tobias todd tom tomas tony torsten tracy uli ulrich ulrike ursula uwe valentina valerie vanessa vera veronica victor victoria vijay vikram viktor vincent viola vivek vladimir volker ' +
    'walter wanda wei werner wolfgang xavier yan yana yara yasmin yuki yusuf yvonne zara zeynep zoe'
  ).split(' '),
);

/**
 * Whether a word is a common given name, in any case. In lower case only these are people: "(rosa)"
 * is one, "(kafka)" is none. Names that also mean a tool, a month or another word are left out.
 */
export const isGivenName = (word: string): boolean => names.has(folded(word));
